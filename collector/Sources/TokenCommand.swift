internal import ArgumentParser
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal

/// `assay-collector token`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Make, list and withdraw the join tokens that let devices in.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a join token and print it; it is not shown again.",
            discussion: """
                A token carries the fingerprint of the authority, so that a device can tell the true collector from \
                another.

                EXAMPLES
                  assay-collector token create
                  assay-collector token create --uses 500 --expires 7d --profile edge-200
                """)

        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "Number of devices that may use it.") var uses = 1
        @Option(name: .long, help: "Time until it stops working: 30m, 24h, 7d.") var expires = "24h"
        @Option(name: .long, help: ArgumentHelp("Hardware profile for the devices.", valueName: "id"))
        var profile: String?

        func run() async throws {
            let token = try await state.operations().createToken(
                uses: uses, validFor: try TimeSpan.required(expires), profile: profile, by: state.actor)
            if output.format == .json { return try Output.json(token) }
            Output.print(token.token + "\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List join tokens, newest first, without secrets.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let now = Timestamp.now
            let tokens = try await state.openStore().tokens().map { TokenView($0, at: now) }
            if output.format == .json { return try Output.json(PageView(items: tokens, next: nil)) }
            var table = TextTable(["TOKEN", "STATE", "USED", "EXPIRES", "PROFILE"], shortened: [["PROFILE"]])
            for token in tokens {
                table.append([
                    token.id, token.state, "\(token.used)/\(token.uses)", token.expiresAt.description, token.profile,
                ])
            }
            Output.table(table, orNothing: "no join tokens")
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Withdraw a join token; devices that used it stay.")
        @OptionGroup var state: StateOptions
        @Argument(help: "First part of the token, as `token list` shows it.") var id: String

        func run() async throws {
            guard try await state.openStore().revokeToken(id, by: state.actor) else {
                throw CollectorFailure(
                    .noInput, "there is no token \(id) that could be withdrawn",
                    nextStep: "list them with: assay-collector token list")
            }
            Output.print("withdrawn: \(TerminalText.safe(id))\n")
        }
    }
}
