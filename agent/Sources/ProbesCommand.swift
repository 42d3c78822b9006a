import ArgumentParser
import AssayAgent
import AssayModel
import AssayTerminal

/// Lists what is read, and what this user cannot read here.
struct ProbesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probes",
        abstract: "List what is read here, what is denied, and which capability would open it.",
        discussion: """
            Without arguments every probe is run once and its gaps are shown beside it. With --describe nothing is \
            read: the list says which paths and system calls each probe touches and with which privilege.
            """)

    @Flag(help: "List paths, system calls and privileges; read nothing.")
    var describe = false

    @Option(help: "Print as a table or as JSON.")
    var format: OutputFormat = .table

    @Option(help: ArgumentHelp("Read the recorded tree DIR instead of this machine.", valueName: "dir"))
    var root: String?

    func run() throws {
        let reports = try describe ? ProbeReport.described() : ProbeReport.tried(root: RootOption.open(root))
        switch format {
        case .json:
            Terminal.write(String(decoding: try CanonicalJSON.encodeForPeople(reports), as: UTF8.self) + "\n")
        case .table: Terminal.write(describe ? accesses(reports) : results(reports))
        }
    }

    private func accesses(_ reports: [ProbeReport]) -> String {
        var table = TextTable(["PROBE", "TOUCHES", "NEEDS", "LOST WITHOUT IT"])
        for report in reports {
            for access in report.accesses { table.append([report.id, access.path, access.privilege, access.loses]) }
        }
        return table.render(limit: Terminal.columns)
    }

    private func results(_ reports: [ProbeReport]) -> String {
        var table = TextTable(["PROBE", "STATE", "FACTS", "WHAT"], alignments: [.left, .left, .right])
        for report in reports {
            table.append([report.id, report.state, report.facts.map { "\($0)" }, report.summary])
            for gap in report.gaps ?? [] { table.append(["", gap.kind.rawValue, nil, "\(gap.path): \(gap.detail)"]) }
        }
        return table.render(limit: Terminal.columns)
    }
}
