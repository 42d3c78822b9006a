internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import AssayTerminal

/// `assay-collector results`.
struct ResultsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results", abstract: "Show the signed results of verifications on the factory line.",
        subcommands: [List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List results, the newest first, and the yield of each station.",
            discussion: """
                First-pass yield is the share of units whose first result at the station passed, over everything \
                that --unit, --station and --since select.

                EXAMPLES
                  assay-collector results list
                  assay-collector results list --station L3-7 --since 2026-01-31T06:00:00Z
                  assay-collector results list --verdict fail --format json
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: ArgumentHelp("Only those of this unit.", valueName: "serial")) var unit: String?
        @Option(name: .long, help: ArgumentHelp("Only those of this station.", valueName: "name"))
        var station: String?
        @Option(name: .long, help: "Only those with this verdict: pass, fail, undetermined, unverified.")
        var verdict: String?
        @Option(
            name: .long, help: ArgumentHelp("Only those taken at this time or later (RFC 3339).", valueName: "time"))
        var since: String?
        @Option(name: .long, help: "Most results to show.") var limit = 200

        func validate() throws {
            guard (1...100_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 100000.") }
            guard verdict.map({ Verdict(rawValue: $0) != nil }) ?? true else {
                throw ValidationError("--verdict must be pass, fail, undetermined or unverified.")
            }
            guard since.map({ Timestamp($0) != nil }) ?? true else {
                throw ValidationError("--since must be a time such as 2026-01-31T06:00:00Z.")
            }
        }

        func run() async throws {
            let query = ResultQuery(
                unit: unit, station: station, verdict: verdict.flatMap(Verdict.init),
                since: since.flatMap { Timestamp($0) })
            let page = try await state.operations().results(query, after: nil, limit: limit)
            if output.format == .json { return try Output.json(page) }
            var table = TextTable(
                ["RESULT", "VERDICT", "UNIT", "MODEL", "STATION", "OPERATOR", "TAKEN", "RECEIVED"],
                shortened: [["MODEL"], ["STATION", "OPERATOR"]])
            for view in page.items {
                table.append([
                    Output.short(view.digest), view.verdict.rawValue,
                    ContentDigest(view.unit).map(Output.short) ?? view.unit, view.model, view.station,
                    view.operator, view.takenAt.description, view.receivedAt.description,
                ])
            }
            Output.table(table, orNothing: "no results")
            if page.next != nil { Terminal.complain("there may be more than \(limit) results; --limit shows more") }
            if !page.stations.isEmpty { Output.print("\n" + Self.table(page.stations).render()) }
        }

        private static func table(_ stations: [YieldView]) -> TextTable {
            var table = TextTable(["STATION", "RESULTS", "PASS", "FAIL", "UNDECIDED", "UNITS", "FIRST-PASS YIELD"])
            for view in stations {
                table.append([
                    view.station, "\(view.results)", "\(view.passed)", "\(view.failed)", "\(view.undecided)",
                    "\(view.units)", "\(view.firstPassYield) %",
                ])
            }
            return table
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one result with what was signed.",
            discussion: """
                The signature is checked again, against the key with which the signer enrolled. JSON holds the envelope, \
                which any implementation of DSSE can check.
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The result: its digest, or the first digits of it.") var result: String

        func run() async throws {
            let view = try await state.operations().result(result)
            if output.format == .json { return try Output.json(view) }
            let predicate = view.statement.predicate
            Output.fields([
                ("result", view.result.digest.description), ("verdict", predicate.verdict.rawValue),
                ("unit", view.result.unit), ("manufacturer", predicate.unit.manufacturer),
                ("model", predicate.unit.model), ("serial", predicate.unit.serial), ("uuid", predicate.unit.uuid),
                ("station", predicate.station), ("operator", predicate.operator),
                ("taken", predicate.takenAt.description), ("received", view.result.receivedAt.description),
                ("signed by", predicate.signer.description),
                ("agent", "\(predicate.agent.name) \(predicate.agent.version)"),
                ("profile", predicate.profile.map(Self.words)),
                ("fleet rules", predicate.fleet?.rawValue),
                ("outcomes", Self.words(predicate.outcomes)),
                ("whole result", predicate.result.description),
            ])
            for record in predicate.records { Output.fields([("record", Self.words(record))]) }
            for line in predicate.differences { Output.print(TerminalText.safe("  \(line)", limit: 700) + "\n") }
        }

        private static func words(_ outcomes: [String: Int]) -> String? {
            guard !outcomes.isEmpty else { return nil }
            return outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        }

        private static func words(_ document: VerificationStatement.Document) -> String {
            [document.id, document.digest.description].compactMap(\.self).joined(separator: ", ")
        }
    }
}
