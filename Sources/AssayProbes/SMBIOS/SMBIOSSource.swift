internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// The structures of a machine and where they came from: the I/O half of the SMBIOS probe.
struct SMBIOSSource {
    /// Folder of the raw table, from Linux 4.2 on.
    static let tables = "/sys/firmware/dmi/tables"
    /// The raw table.
    static let table = tables + "/DMI"
    /// The entry point beside it.
    static let entryPoint = tables + "/smbios_entry_point"
    /// One folder for each structure (`CONFIG_DMI_SYSFS`).
    static let entries = "/sys/firmware/dmi/entries"

    /// Path that the structures were read from.
    private(set) var path = SMBIOSSource.table
    /// Version that the entry point states.
    private(set) var version: SMBIOSVersion?
    /// Structures in table order.
    private(set) var structures: [SMBIOSStructure] = []
    /// SHA-256 of the whole table.
    private(set) var digest: ContentDigest?
    /// What could not be read.
    private(set) var gaps: [Gap] = []

    /// Reads the raw table, or the structures one by one where that is all there is.
    init(_ root: HostRoot) {
        var entryPoint = read(SMBIOSSource.entryPoint, in: root)
        var table = read(SMBIOSSource.table, in: root)
        if table == nil, let dump = entryPoint, dump.count > 0x20 {
            (table, entryPoint) = (dump, nil)
            path = SMBIOSSource.entryPoint
        }
        if let table { parse(table, entryPoint: entryPoint) }
        // Whoever may not read the table may not read its structures one by one either.
        if structures.isEmpty, !gaps.contains(where: { $0.kind == .denied }) { readEntries(in: root) }
    }

    private mutating func read(_ path: String, in root: HostRoot) -> [UInt8]? {
        do {
            return try root.read(path, limit: SMBIOSTable.byteLimit)
        } catch {
            gaps.append(SMBIOSProbe.gap(for: error, in: root))
            return nil
        }
    }

    /// Reads the table's bytes; a dump file has its entry point in front.
    private mutating func parse(_ bytes: [UInt8], entryPoint: [UInt8]?) {
        var body = bytes[...]
        var entry: SMBIOSEntryPoint?
        if SMBIOSEntryPoint.isPresent(in: bytes) {
            entry = parseEntryPoint(bytes, path: path)
            body = bytes.dropFirst(entry.map { tableOffset($0, in: bytes) } ?? Self.dumpOffset)
        } else if let entryPoint {
            entry = parseEntryPoint(entryPoint, path: SMBIOSSource.entryPoint)
        }
        version = entry?.version
        let table = entry.map { limit(body, to: $0) } ?? Array(body)
        digest = .sha256(of: table)
        let parsed = SMBIOSTable(parsing: table.span.bytes, count: entry?.structureCount)
        structures = parsed.structures
        for problem in parsed.problems { note(problem, path: path) }
    }

    /// Where the table starts in a dump file unless its entry point says otherwise.
    private static let dumpOffset = 32

    private func tableOffset(_ entry: SMBIOSEntryPoint, in bytes: [UInt8]) -> Int {
        guard let offset = Int(exactly: entry.tableAddress), (0x0f..<bytes.count).contains(offset) else {
            return Self.dumpOffset
        }
        return offset
    }

    private mutating func parseEntryPoint(_ bytes: [UInt8], path: String) -> SMBIOSEntryPoint? {
        do {
            let entry = try SMBIOSEntryPoint(parsing: bytes.span.bytes)
            for problem in entry.problems { note(problem, path: path) }
            return entry
        } catch {
            note(error, path: path)
            return nil
        }
    }

    /// Cuts the table to the length that its entry point declares, which a 64-bit one only bounds.
    private mutating func limit(_ body: ArraySlice<UInt8>, to entry: SMBIOSEntryPoint) -> [UInt8] {
        if body.count < entry.tableLength, entry.form != .bits64 {
            note(
                ParseFailure(.truncated, "table of \(entry.tableLength) bytes, \(body.count) found", at: body.count),
                path: path)
        }
        // A length of zero is no statement.
        guard entry.tableLength > 0, body.count > entry.tableLength else { return Array(body) }
        note(
            ParseFailure(
                .badLength, "table of \(entry.tableLength) bytes, \(body.count) found", at: entry.tableLength),
            path: path)
        return Array(body.prefix(entry.tableLength))
    }

    private mutating func readEntries(in root: HostRoot) {
        let names: [String]
        do {
            names = try root.list(SMBIOSSource.entries)?.map(\.name) ?? []
        } catch {
            gaps.append(SMBIOSProbe.gap(for: error, in: root))
            return
        }
        var byteCount = 0
        for name in Self.inTableOrder(names) {
            guard let raw = read("\(SMBIOSSource.entries)/\(name)/raw", in: root) else {
                // One refusal speaks for all.
                if gaps.last?.kind == .denied { return }
                continue
            }
            let entry = SMBIOSTable(parsing: raw.span.bytes, count: 1)
            for problem in entry.problems { note(problem, path: "\(SMBIOSSource.entries)/\(name)/raw") }
            structures += entry.structures
            path = SMBIOSSource.entries
            byteCount += raw.count
            guard byteCount <= SMBIOSTable.byteLimit, structures.count < SMBIOSTable.structureLimit else {
                return note(ParseFailure(.tooLarge, "structure entries", at: byteCount), path: SMBIOSSource.entries)
            }
        }
    }

    /// The entries `<type>-<instance>` by number.
    private static func inTableOrder(_ names: [String]) -> [String] {
        let keys = names.compactMap { name -> (Int, Int, String)? in
            let parts = name.split(separator: "-")
            guard parts.count == 2, let type = Int(parts[0]), let instance = Int(parts[1]) else { return nil }
            return (type, instance, name)
        }
        return keys.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    private mutating func note(_ problem: ParseFailure, path: String) {
        let kind: Gap.Kind = problem == ParseFailure(.tooLarge, "", at: 0) ? .tooLarge : .malformed
        gaps.append(
            Gap(probe: SMBIOSProbe.descriptor.id, path: path, kind: kind, detail: problem.description))
    }
}
