internal import AssayModel

extension VerificationStatement {
    /// Most bytes of a name: of a unit, a station, an operator.
    package static let nameLimit = 256
    /// Most lines of ``Predicate/differences``.
    package static let differenceLimit = 50
    /// Most bytes of such a line.
    package static let lineLimit = 600
    /// Most records and deltas.
    package static let recordLimit = 64
    /// Most kinds of outcome.
    private static let kindLimit = 32

    /// Reads and checks the payload of an envelope whose signature by `device` was verified.
    init(checking payload: [UInt8], of device: ContentDigest) throws(ReportFailure) {
        // The strict reader goes first: it bounds depth and numbers, and refuses a field that stands twice.
        try ReportStatement.Head(payload).check(is: Self.predicateType, in: Self.schema)
        do { self = try CanonicalJSON.decode(Self.self, from: payload) } catch {
            throw ReportFailure(.malformed, "result")
        }
        guard predicate.signer == device else { throw ReportFailure(.wrongSubject) }
        try check()
    }

    private func check() throws(ReportFailure) {
        guard subject.count == 1, inventory != nil, subject[0].digest.count == 1 else {
            throw ReportFailure(.malformed, "subject")
        }
        let unit = predicate.unit
        let names = [
            subject[0].name, predicate.station, predicate.operator, unit.manufacturer, unit.model, unit.serial,
            unit.uuid, predicate.profile?.id, predicate.agent.name, predicate.agent.version,
        ]
        guard names.compactMap(\.self).allSatisfy({ (1...Self.nameLimit).contains($0.utf8.count) }) else {
            throw ReportFailure(.malformed, "a name is empty or has more than \(Self.nameLimit) bytes")
        }
        guard predicate.differences.count <= Self.differenceLimit,
            predicate.differences.allSatisfy({ $0.utf8.count <= Self.lineLimit })
        else { throw ReportFailure(.tooLarge, "differences") }
        guard predicate.records.count <= Self.recordLimit,
            predicate.records.allSatisfy({ ($0.id?.utf8.count ?? 0) <= Self.nameLimit })
        else { throw ReportFailure(.tooLarge, "records") }
        guard predicate.outcomes.count <= Self.kindLimit, predicate.outcomes.values.allSatisfy({ $0 >= 0 }) else {
            throw ReportFailure(.malformed, "outcomes")
        }
    }

    /// The digest of the inventory that the subject states; nil where it states none.
    private var inventory: ContentDigest? {
        subject.first?.digest["sha256"].flatMap { ContentDigest("sha256:" + $0) }
    }
}
