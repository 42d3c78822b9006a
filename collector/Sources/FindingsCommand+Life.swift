internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal

extension FindingsCommand {
    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the life of a finding: who did what, and when.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The finding, or the first characters of its id.") var finding: String

        func run() async throws {
            let operations = try state.operations()
            let events = try await operations.store.findingHistory(try await operations.finding(finding).id)
            if output.format == .json { return try Output.json(PageView(items: events, next: nil)) }
            var table = TextTable(["WHEN", "WHAT", "WHO", "WHY"], shortened: [["WHY"]])
            for event in events {
                table.append([event.at.description, event.event.rawValue, event.actor, event.detail])
            }
            Output.table(table, orNothing: "the finding is older than its history")
        }
    }

    struct Acknowledge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that somebody has looked at a finding; it stays until evidence ends it.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The finding.") var finding: String
        @Option(name: .long, help: "What they saw; this is kept.") var note = ""

        func run() async throws {
            let finding = try await state.operations().acknowledge(finding, note: note, by: state.actor)
            if output.format == .json { return try Output.json(try FindingView(finding)) }
            Output.print("acknowledged: \(finding.id)\n")
        }
    }

    struct Waive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the cause of a finding stand for a while, under somebody's name.",
            discussion: """
                The finding stays visible as waived. A device that owes its pass to a waiver has the verdict \
                pass-with-waivers. When the waiver ends, the finding is open again.

                EXAMPLE
                  assay-collector findings waive 8c1f --scope model --owner "quality" --expires 30d \\
                    --reason "second source, approved by change 1182"
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The finding.") var finding: String
        @Option(name: .long, help: "For this unit, all of its model, or all at its site.")
        var scope: Waiver.Scope = .unit
        @Option(name: .long, help: "Who answers for it; a policy may say so.") var owner: String?
        @Option(name: .long, help: "Why; this is kept.") var reason: String
        @Option(name: .long, help: ArgumentHelp("When it ends: 12h, 30d; a policy may say so.", valueName: "time"))
        var expires: String?

        func run() async throws {
            let duration = expires.flatMap(TimeSpan.parse)
            guard expires == nil || duration != nil else {
                throw CollectorFailure(.usage, "--expires must be a time such as 12h or 30d")
            }
            let waiver = try await state.operations().waive(
                finding, WaiverRequest(scope: scope, owner: owner, reason: reason, duration: duration),
                by: state.actor)
            if output.format == .json { return try Output.json(waiver) }
            Output.print(
                TerminalText.safe("waiver \(waiver.id): \(waiver.scope.rawValue) \(waiver.subject) ")
                    + "until \(waiver.expiresAt)\n")
        }
    }

    struct Unwaive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a waiver back; its findings are open again.")
        @OptionGroup var state: StateOptions
        @Argument(help: "The waiver, or a finding that it holds for.") var name: String
        @Option(name: .long, help: "Why; this is kept.") var reason: String

        func run() async throws {
            let id = try await state.operations().unwaive(name, reason: reason, by: state.actor)
            Output.print("waiver ended: \(id)\n")
        }
    }

    struct Waivers: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List waivers, newest first.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Flag(name: .long, help: "Also those that ended.") var all = false

        func run() async throws {
            let waivers = try await state.openStore().waivers(includesEnded: all, limit: 100_000)
            if output.format == .json { return try Output.json(PageView(items: waivers, next: nil)) }
            var table = TextTable(
                ["WAIVER", "RULE", "SCOPE", "OF", "OWNER", "UNTIL", "ENDED", "REASON"], shortened: [["REASON"], ["OF"]])
            for waiver in waivers {
                table.append([
                    waiver.id, waiver.rule, waiver.scope.rawValue, String(waiver.subject.prefix(32)), waiver.owner,
                    waiver.expiresAt.description, waiver.endedAt?.description, waiver.reason,
                ])
            }
            Output.table(table, orNothing: "no waivers")
        }
    }
}
