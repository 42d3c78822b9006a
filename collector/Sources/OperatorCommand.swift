internal import ArgumentParser
internal import AssayAccounts
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal

/// `assay-collector operator`.
struct OperatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operator", abstract: "Make, list and withdraw the tokens of the operator API.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an operator token and print it; it is not shown again.",
            discussion: """
                A token may do what its permissions say: view (see everything but the audit trail), audit (see the \
                audit trail), triage (judge findings and parts), register (import records, let devices in), administer \
                (policies, trust, people). Give a program no more than it needs.

                EXAMPLES
                  assay-collector operator create --name dashboard --permission view --expires 90d
                  assay-collector operator create --name mes --permission view --permission register
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "What it is for.") var name: String
        @Option(
            name: .long,
            help: ArgumentHelp(
                "view, audit, triage, register or administer; repeat for more (default: all).", valueName: "word"))
        var permission: [Permission] = []
        @Option(name: .long, help: "Time until it stops working: 30d, 365d (default: it does not).")
        var expires: String?

        func run() async throws {
            let own = Role.admin.permissions
            let (text, token) = try await OperatorTokens(store: try state.openStore()).create(
                name, permissions: permission.isEmpty ? own : Set(permission),
                validFor: try expires.map(TimeSpan.required), holding: own, by: state.actor)
            if output.format == .json {
                return try Output.json(
                    NewOperatorTokenView(token: text, details: OperatorTokenView(token, at: .now)))
            }
            Output.print(text + "\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List operator tokens, newest first, without secrets.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let now = Timestamp.now
            let tokens = try await state.openStore().operatorTokens().map { OperatorTokenView($0, at: now) }
            if output.format == .json { return try Output.json(PageView(items: tokens, next: nil)) }
            var table = TextTable(
                ["TOKEN", "STATE", "MADE", "EXPIRES", "PERMISSIONS", "NAME"], shortened: [["NAME"]])
            for token in tokens {
                table.append([
                    token.id, token.state, token.createdAt.description, token.expiresAt?.description,
                    token.permissions.map(\.rawValue).joined(separator: " "), token.name,
                ])
            }
            Output.table(table, orNothing: "no operator tokens")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraw an operator token; requests with it are refused from now on.")
        @OptionGroup var state: StateOptions
        @Argument(help: "Second part of the token, as `operator list` shows it.") var id: String

        func run() async throws {
            guard try await state.openStore().revokeOperatorToken(id, by: state.actor) else {
                throw CollectorFailure(
                    .noInput, "there is no operator token \(id) that could be withdrawn",
                    nextStep: "list them with: assay-collector operator list")
            }
            Output.print("withdrawn: \(TerminalText.safe(id))\n")
        }
    }
}
