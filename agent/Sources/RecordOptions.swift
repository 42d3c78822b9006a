import ArgumentParser
import AssayAgent
import AssayModel
import AssayReport
import AssayRules
import AssayTraceability
import Glibc

/// The records that a unit is held against.
struct RecordOptions: ParsableArguments {
    @Option(
        name: .customLong("record"),
        help: ArgumentHelp("Record of this unit, or a delta of it; repeatable.", valueName: "file"))
    var files: [String] = []

    @Option(help: ArgumentHelp("Columns of a table (assay/column-map/v1).", valueName: "file"))
    var map: String?

    @Option(help: ArgumentHelp("Trusted issuers of certificates, PEM or DER.", valueName: "file"))
    var trust: String?

    @Option(help: ArgumentHelp("The unit that is meant where a file has several.", valueName: "serial"))
    var unit: String?

    func validate() throws {
        guard files.isEmpty else { return }
        for (name, value) in [("map", map), ("trust", trust), ("unit", unit)] where value != nil {
            throw ValidationError("--\(name) says how records are read: name one with --record")
        }
    }

    /// Lays the deltas over the record and names the documents; nil when no record is named.
    func chain() throws -> (resolution: RecordChain.Resolution, documents: [VerificationStatement.Document])? {
        guard !files.isEmpty else { return nil }
        let map = try self.map.map {
            try Self.read($0, as: "column map") { (bytes) throws(RecordFailure) in
                try ColumnMap(json: bytes)
            }
        }
        let anchors = try trust.map {
            try Self.read($0, as: "list of trusted issuers") { (bytes) throws(RecordFailure) in
                try TrustAnchors(bytes)
            }
        }
        var records: [(path: String, record: AsBuiltRecord)] = []
        var deltas: [RecordDelta] = []
        for path in files {
            let documents = try Self.read(path, as: "record") { (bytes) throws(RecordFailure) in
                try RecordImport.read(bytes, map: map ?? ColumnMap(), trusting: anchors)
            }
            for document in documents {
                switch document.content {
                case .record(let record) where isMeant(record.device.serial, record.device.id):
                    records.append((path, record))
                case .delta(let delta) where isMeant(delta): deltas.append(delta)
                case .record, .delta: continue
                case .profile: throw ExitStatus.fail(ExitStatus.badData, "\(path) is a profile: name it with --profile")
                }
            }
        }
        guard let base = records.first?.record else {
            throw ExitStatus.fail(
                ExitStatus.badData,
                unit.map { "no record is of the unit \($0)" } ?? "a delta needs the record that it amends")
        }
        guard records.count == 1 else {
            throw Self.ambiguity(records)
        }
        let chain = RecordChain(base: base, now: Self.now, saysNothing: { PlaceholderList.standard.contains($0) })
        let documents = try [.init(base)] + deltas.map { try VerificationStatement.Document($0) }
        return (chain.resolve(deltas), documents)
    }

    /// Says which records compete, and where those of one unit contradict each other.
    private static func ambiguity(_ records: [(path: String, record: AsBuiltRecord)]) -> ExitCode {
        guard let first = records.first, Set(records.map { UnitName($0.record.device.serial ?? "") }).count == 1 else {
            return ExitStatus.fail(
                ExitStatus.badData,
                "\(records.count) records are named, of which one can be of this unit: add --unit SERIAL")
        }
        let others = records.dropFirst().prefix(8).map { other in
            let fields = first.record.contradictions(to: other.record)
            return "\(other.path) "
                + (fields.isEmpty ? "says the same" : "contradicts \(first.path) in \(fields.joined(separator: ", "))")
        }
        return ExitStatus.fail(
            ExitStatus.badData, "\(records.count) records are of \(first.record.citation); name the one that holds:",
            details: others)
    }

    /// A delta may name its unit in what it amends alone; one that names none there either belongs to a record or a
    /// delta by its digest, of which the chain judges.
    private func isMeant(_ delta: RecordDelta) -> Bool {
        if delta.device.serial != nil || delta.device.id != nil {
            return isMeant(delta.device.serial, delta.device.id)
        }
        return (delta.amends.serial == nil && delta.amends.id == nil) || isMeant(delta.amends.serial, delta.amends.id)
    }

    private func isMeant(_ names: String?...) -> Bool {
        guard let unit = unit.map(UnitName.init) else { return true }
        return names.contains { $0.map(UnitName.init) == unit }
    }

    private static var now: RecordMoment { RecordMoment(seconds: Int64(time(nil))) }

    private static func read<T>(
        _ path: String, as what: String, _ parse: ([UInt8]) throws(RecordFailure) -> T
    ) throws -> T {
        let bytes = try InputFile.read(path, as: what, limit: RecordImport.maximumSize)
        do { return try parse(bytes) } catch {
            throw ExitStatus.fail(
                ExitStatus.badData, "\(path) is not a usable \(what):", details: error.all.map(\.description))
        }
    }
}
