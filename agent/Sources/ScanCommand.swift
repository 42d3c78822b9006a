import ArgumentParser
import AssayAgent
import AssayModel
import AssayNames
import AssayReport
import AssayTerminal

/// Reads a device and prints what was found.
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Read this machine, or a recorded tree, and print what is there.",
        discussion: """
            The table is for people; JSON is the contract that docs/protocol.md describes, one fact a line. What could \
            not be read is listed as a gap with its reason, so that an empty place is never mistaken for an empty slot.

            With --root nothing outside DIR is touched, symbolic links included, and equal trees give equal bytes; the \
            time is left out, since nobody knows when a tree was recorded, unless --taken-at states it.

            The table names PCI and USB parts that state no name themselves after the lists of the hwdata package, where \
            it is installed; JSON holds what was read and no such name.

            SECTIONS
              platform, components, firmware, boot, kernel, packages, files, gaps

            EXAMPLES
              assay-agent scan --sections platform,components,firmware
              assay-agent scan --format json --output scan.json
              assay-agent scan --root recorded/ --format json
            """)

    @Option(help: ArgumentHelp("Read the recorded tree DIR instead of this machine.", valueName: "dir"))
    var root: String?

    @Option(help: "Print as a table or as JSON.")
    var format: OutputFormat = .table

    @Option(
        help: ArgumentHelp("Comma-separated sections to read; default: all.", valueName: "list"),
        transform: SectionList.init(parsing:))
    var sections: SectionList?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to FILE instead of standard output; replaced only when complete.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Use FILE to skip files that have not changed since the scan that wrote it, and update it.",
            valueName: "file"))
    var cache: String?

    @Option(help: ArgumentHelp("State when a recorded tree was taken (RFC 3339, UTC).", valueName: "time"))
    var takenAt: String?

    @OptionGroup var selection: ScanSelection

    @OptionGroup var rehashing: RehashOption

    private var names: Set<SectionName> { (sections ?? .all).names }

    func validate() throws {
        if let takenAt {
            guard root != nil else {
                throw ValidationError("--taken-at is for a recorded tree (--root); this machine's clock tells the time")
            }
            guard Timestamp(takenAt) != nil else {
                throw ValidationError("--taken-at '\(takenAt)' is no time like 2026-01-31T12:00:00Z")
            }
        }
        if rehashing.rehash, cache == nil {
            throw ValidationError("--rehash needs --cache; without a cache every file is hashed anyway")
        }
    }

    func run() throws {
        let scanRoot = try RootOption.open(root)
        let options = selection.options(sections: names, cache: cache, rehash: rehashing.rehash)
        var scan = Scan(root: scanRoot, options: options)
        scan.notice = { Terminal.complain("assay-agent: " + TerminalText.safe($0)) }
        let target = try OutputTarget(path: output)
        let progress = ScanProgress(scan.progress)
        defer { progress.finish() }
        switch format {
        case .json: try printDocument(scan, to: target)
        case .table: try printTable(scan, to: target, progress: progress)
        }
        progress.finish()
        try target.commit()
    }

    private func printDocument(_ scan: Scan, to target: OutputTarget) throws {
        var document = ScanDocument(sections: names) { try target.write($0) }
        let inventory = try scan.run(
            begin: { try document.begin($0) }, file: { _, line in try document.file(line) })
        let time = root == nil ? Timestamp.now.description : takenAt.flatMap { Timestamp($0)?.description }
        try document.finish(inventory, takenAt: time)
    }

    private func printTable(_ scan: Scan, to target: OutputTarget, progress: ScanProgress) throws {
        var counts = ScanTable.FileCounts()
        let inventory = try scan.run(file: { _, line in
            counts.count(try CanonicalJSON.decode(FileEntry.self, from: line))
        })
        let columns = output == nil ? Terminal.columns : nil
        progress.finish()
        let parts = HardwareNames(of: inventory.components.compactMap(HardwareID.init), in: scan.root.host)
        let table = ScanTable(facts: inventory, files: counts, sections: names, columns: columns, names: parts)
        try target.write(Array(table.render().utf8))
    }
}

/// A comma-separated list of sections.
struct SectionList {
    static let all = SectionList(names: Set(SectionName.allCases))

    let names: Set<SectionName>

    private init(names: Set<SectionName>) { self.names = names }

    init(parsing text: String) throws {
        let good = "choose from " + SectionName.allCases.map(\.rawValue).joined(separator: ",")
        names = Set(
            try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
                guard let name = SectionName(rawValue: String(word)) else {
                    throw ValidationError(
                        word.isEmpty ? "a section without a name; \(good)" : "no section '\(word)'; \(good)")
                }
                return name
            })
    }
}
