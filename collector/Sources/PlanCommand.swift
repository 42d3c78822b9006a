internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import AssayTerminal
internal import Foundation

/// `assay-collector plan`.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show which verdicts and findings would change if a file were imported.",
        discussion: """
            Every device that has reported is judged again with the files in the place of what is stored; nothing is \
            written. Devices that wait for their evaluation are left out and named.

            EXAMPLES
              assay-collector plan --profile edge-200.json
              assay-collector plan --policy edge.json --format json
              assay-collector plan --suppliers suppliers.json
            """)
    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: ArgumentHelp("A hardware profile.", valueName: "file")) var profile: [String] = []
    @Option(name: .long, help: ArgumentHelp("A policy, not signed yet.", valueName: "file")) var policy: [String] = []
    @Option(name: .long, help: ArgumentHelp("Records in any form that can be imported.", valueName: "file"))
    var record: [String] = []
    @Option(name: .long, help: ArgumentHelp("A supplier graph.", valueName: "file")) var suppliers: [String] = []

    func validate() throws {
        guard !(profile + policy + record + suppliers).isEmpty else {
            throw ValidationError("Name a file with --profile, --policy, --record or --suppliers.")
        }
    }

    func run() async throws {
        let operations = try state.operations()
        let planner = Planner(store: operations.store)
        var candidates: [TraceabilityDocument] = []
        for file in profile {
            candidates.append(try await operations.profileDocument(Input.bytes(file), by: state.actor))
        }
        for file in policy { candidates += try await planner.policy(Input.bytes(file), by: state.actor) }
        for file in suppliers {
            candidates.append(try operations.supplierDocument(Input.bytes(file), by: state.actor))
        }
        for file in record {
            candidates += try await operations.recordDocuments(Input.bytes(file), by: state.actor)
        }
        let isWatched = isatty(STDERR_FILENO) == 1
        let plan = try await planner.plan(candidates) { count in
            if isWatched { FileHandle.standardError.write(Data("\r\(count) devices".utf8)) }
        }
        if isWatched { FileHandle.standardError.write(Data("\n".utf8)) }
        if output.format == .json { return try Output.json(plan) }
        show(plan)
    }

    private func show(_ plan: Plan) {
        if !plan.changes.isEmpty {
            var table = TextTable(["DEVICE", "VERDICT", "WOULD BE", "NEW", "GONE", "REWEIGHED", "FOR EXAMPLE"])
            for change in plan.changes {
                let example = change.opened.first ?? change.resolved.first ?? change.reweighed.first
                table.append([
                    Output.short(change.device), change.verdict.rawValue, change.planned.rawValue,
                    "\(change.opened.count)", "\(change.resolved.count)", "\(change.reweighed.count)",
                    example.map { "\($0.rule): \($0.title)" },
                ])
            }
            Output.print(table.render())
        }
        Output.print("\(plan.changes.count) devices would change, \(plan.unchanged) stay as they are\n")
        if !plan.undecided.isEmpty {
            Output.print("\(plan.undecided.count) devices wait for their evaluation, or cannot be judged\n")
        }
    }
}
