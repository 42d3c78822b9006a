internal import ArgumentParser
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
                EXAMPLE
                  assay-collector operator create --name dashboard
                """)
        @OptionGroup var state: StateOptions
        @Option(name: .long, help: "What it is for.") var name: String

        func run() async throws {
            let operations = Operations(store: try state.openStore(), authority: nil)
            Output.print(try await operations.createOperator(name, by: state.actor) + "\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List operator tokens, newest first, without secrets.")
        @OptionGroup var state: StateOptions

        func run() async throws {
            let tokens = try await state.openStore().operatorTokens()
            var table = TextTable(["TOKEN", "STATE", "MADE", "NAME"], shortened: [["NAME"]])
            for token in tokens {
                table.append([
                    token.id, token.revokedAt == nil ? "valid" : "withdrawn", token.createdAt.description, token.name,
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
