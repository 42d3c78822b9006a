internal import ArgumentParser
internal import AssayCollector
internal import AssayHost
internal import AssayModel
internal import AssayNames
internal import AssayStore
internal import AssayTerminal

/// `assay-collector findings`.
struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings", abstract: "Show what differs from the records.",
        subcommands: [
            List.self, Show.self, History.self, Acknowledge.self, Waive.self, Unwaive.self, Waivers.self, Settle.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List findings that are not resolved, the gravest first.",
            discussion: """
                EXAMPLES
                  assay-collector findings list
                  assay-collector findings list --by-cause --severity critical
                  assay-collector findings list --device 3f2a --all --format json
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @OptionGroup var filter: FindingFilter
        @Flag(name: .long, help: "One line for each cause over the fleet, with the number of devices.")
        var byCause = false
        @Option(name: .long, help: "Most findings to show.") var limit = 200

        func validate() throws {
            guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000.") }
        }

        func run() async throws {
            let operations = try state.operations()
            let query = try await filter.query(operations)
            if byCause { return try await listCauses(query, operations) }
            // One more than is shown tells whether there are more.
            let findings = try await operations.store.findings(query, after: nil, limit: limit + 1).findings
            let views = try findings.prefix(limit).map(FindingView.init)
            if findings.count > limit {
                Terminal.complain("only the first \(limit) findings are shown; --limit shows more")
            }
            if output.format == .json { return try Output.json(PageView(items: views, next: nil)) }
            var table = TextTable(
                ["FINDING", "SEVERITY", "STATE", "DEVICE", "RULE", "LOCATION", "TITLE"],
                shortened: [["TITLE"], ["LOCATION"]])
            for view in views {
                table.append([
                    String(view.finding.id.prefix(12)), view.finding.severity.rawValue, view.state,
                    view.model.map { "model \($0)" } ?? Output.short(view.device), view.finding.rule,
                    view.finding.location, view.finding.title,
                ])
            }
            Output.table(table, orNothing: "no findings")
        }

        private func listCauses(_ query: FindingQuery, _ operations: Operations) async throws {
            let causes = try await operations.store.causes(query, limit: limit + 1)
            if causes.count > limit {
                Terminal.complain("only the first \(limit) causes are shown; --limit shows more")
            }
            if output.format == .json {
                return try Output.json(PageView(items: Array(causes.prefix(limit)), next: nil))
            }
            var table = TextTable(
                ["CAUSE", "SEVERITY", "DEVICES", "RULE", "LAST SEEN", "FOR EXAMPLE", "TITLE"],
                alignments: [.left, .left, .right, .left, .left, .left, .left],
                shortened: [["TITLE"]])
            for cause in causes.prefix(limit) {
                table.append([
                    String(cause.cause.prefix(12)), cause.severity, "\(cause.devices)", cause.rule,
                    cause.lastSeen.description, String(cause.example.prefix(12)), cause.title,
                ])
            }
            Output.table(table, orNothing: "no findings")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one finding with its evidence.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The finding, or the first characters of its id.") var finding: String

        func run() async throws {
            let view = try FindingView(try await state.operations().finding(finding))
            if output.format == .json { return try Output.json(view) }
            let finding = view.finding.explained()
            Output.fields([
                ("finding", finding.id), ("title", finding.title), ("severity", finding.severity.rawValue),
                ("rule", finding.rule), ("cause", finding.cause), ("model", view.model),
                ("device", view.device.description),
                ("class", finding.componentClass?.rawValue), ("location", finding.location),
                ("expected", finding.expected), ("observed", finding.observed), ("record", finding.source),
                ("read from", finding.path), ("why it matters", view.matters),
                ("what to do", finding.advice),
                ("confidence", finding.confidence?.rawValue), ("category", finding.category?.rawValue),
                ("basis", finding.basis), ("see for yourself", finding.reproduction.map(Self.words)),
                ("restriction", finding.restriction.map(Self.words)),
                ("state", view.state), ("waiver", view.waiver), ("first seen", view.firstSeen.description),
                ("last seen", view.lastSeen.description), ("first report", view.firstReport.description),
                ("last report", view.lastReport.description), ("settled", view.resolvedAt?.description),
                ("settled by", view.resolution),
            ])
            for field in finding.fields {
                let expected = field.expected ?? "nothing"
                let observed = field.observed ?? "nothing"
                Output.print(TerminalText.safe("  \(field.name): expected \(expected), observed \(observed)") + "\n")
            }
            for note in finding.notes { Output.print(TerminalText.safe("  note: \(note)") + "\n") }
        }

        private static func words(_ reproduction: Finding.Reproduction) -> String {
            "\(reproduction.path) shows \(reproduction.value), should be \(reproduction.expected)"
        }

        private static func words(_ restriction: Finding.Restriction) -> String {
            let scope = restriction.scope.joined(separator: ", ")
            let isPending = restriction.status.hasSuffix("not yet in force")
            let since = restriction.since.map { (isPending ? ", from " : " since ") + $0 } ?? ""
            return "\(restriction.entry) on \(restriction.list) (\(restriction.status)\(since); for \(scope); "
                + "copy of \(restriction.copied))"
        }
    }

    struct Settle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Settle a finding about the chain of reports, which no later report can settle.",
            discussion:
                "Findings about parts and files are settled by evidence: a report without them, or a new record.")
        @OptionGroup var state: StateOptions
        @Argument(help: "The finding.") var finding: String
        @Option(name: .long, help: "Why it is settled; this is kept.") var reason: String

        func run() async throws {
            let operations = try state.operations()
            let finding = try await operations.finding(finding)
            let isSettled = try await operations.store.settleFinding(finding.id, reason: reason, by: state.actor)
            guard isSettled else {
                throw CollectorFailure(
                    .usage, "finding \(finding.id) is settled by evidence alone",
                    nextStep: "correct the device or its records; the next evaluation settles it")
            }
            Output.print("settled: \(finding.id)\n")
        }
    }
}

extension Finding {
    /// With names behind the numbers of a PCI or USB part, where this machine has a list of them.
    fileprivate func explained() -> Finding {
        guard let componentClass, let root = try? HostRoot.live() else { return self }
        let sentences = [expected, observed].compactMap(\.self)
        let names = HardwareNames(of: sentences.compactMap { HardwareID(componentClass, startOf: $0) }, in: root)
        var finding = self
        finding.expected = expected.map { names.explained(componentClass, $0) }
        finding.observed = observed.map { names.explained(componentClass, $0) }
        return finding
    }
}
