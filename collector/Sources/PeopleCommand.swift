internal import ArgumentParser
internal import AssayAccounts
internal import AssayCollector
internal import AssayModel
internal import AssayStore
internal import AssayTerminal

extension Role: ExpressibleByArgument {}
extension Permission: ExpressibleByArgument {}

/// `assay-collector people`.
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Let people in to the console, and out again.",
        discussion: """
            A person gets a link, good once and for a day, and chooses a password on the page behind it. What they may \
            do is their role: a viewer looks; an operator also judges findings and imports records; an auditor looks at \
            everything, the audit trail included, until a day; an admin may do everything.

            Whoever can read the state folder can use these commands: they are also the way back in when nobody can \
            sign in any more.
            """,
        subcommands: [List.self, Invite.self, Assign.self, Close.self, Reopen.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts in the order of their names.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let now = Timestamp.now
            let accounts = try await state.openStore().accounts().map { AccountView($0, at: now) }
            if output.format == .json { return try Output.json(PageView(items: accounts, next: nil)) }
            var table = TextTable(["NAME", "ROLE", "STATE", "SECOND FACTOR", "LAST SIGN-IN", "ACCESS ENDS"])
            for account in accounts {
                table.append([
                    account.name, account.role.rawValue, account.state, account.hasSecondFactor ? "yes" : "no",
                    account.lastSignIn?.description, account.accessEnds?.description,
                ])
            }
            Output.table(table, orNothing: "no accounts; make one with: assay-collector people invite")
        }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account, or a new link for one, and print the link; it is not shown again.",
            discussion: """
                Without a name it makes the link for the first account, which administers. For a name that has an \
                account it makes a new link, with which the person chooses a new password; a second factor is taken \
                away with it.

                EXAMPLES
                  assay-collector people invite
                  assay-collector people invite robin@example.org --role operator
                  assay-collector people invite auditor@example.org --role auditor --expires 30d
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "Name to sign in with, for example a mail address.") var name: String?
        @Option(name: .long, help: "viewer, operator, auditor or admin, for a new account.") var role: Role?
        @Option(name: .long, help: "Time until access ends: 24h, 30d.") var expires: String?

        func validate() throws {
            guard name != nil || (role == nil && expires == nil) else {
                throw ValidationError(
                    "The first account administers without end: give a name with --role or --expires.")
            }
        }

        func run() async throws {
            let store = try state.openStore()
            let people = People(store: store)
            let address = try Housekeeping(state.directory).configuration().address
            guard let name else {
                guard let secret = try await people.inviteFirst(by: state.actor) else {
                    throw CollectorFailure(
                        .usage, "there are accounts already", nextStep: "name the person: people invite NAME")
                }
                return Output.print("\(address)/setup/\(secret)\n")
            }
            let span = try expires.map(TimeSpan.required)
            let known = try? await people.account(name)
            guard known == nil || (role == nil && span == nil) else {
                throw CollectorFailure(
                    .usage, "there is an account \(name) already",
                    nextStep: "change its role with: assay-collector people assign \(name)")
            }
            let (account, secret) =
                if known != nil {
                    try await people.inviteAgain(name, by: state.actor)
                } else {
                    try await people.invite(name, role: role ?? .viewer, ends: span, by: state.actor)
                }
            let view = InvitedView(account: AccountView(account, at: .now), link: "\(address)/setup/\(secret)")
            if output.format == .json { return try Output.json(view) }
            Output.print("\(view.link)\n")
        }
    }

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a person another role.",
            discussion: """
                EXAMPLE
                  assay-collector people assign robin@example.org --role admin
                """)
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "Name of the account.") var name: String
        @Option(name: .long, help: "viewer, operator, auditor or admin.") var role: Role
        @Option(name: .long, help: "Time until access ends: 24h, 30d.") var expires: String?

        func run() async throws {
            let span = try expires.map(TimeSpan.required)
            let account = try await People(store: try state.openStore())
                .assign(role, ends: span, to: name, by: state.actor)
            try PeopleCommand.show(account, output)
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close an account: its person is signed out and cannot sign in.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "Name of the account.") var name: String

        func run() async throws {
            try PeopleCommand.show(try await People(store: try state.openStore()).close(name, by: state.actor), output)
        }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a closed account again, or one that is locked after too many wrong passwords.")
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "Name of the account.") var name: String

        func run() async throws {
            try PeopleCommand.show(try await People(store: try state.openStore()).reopen(name, by: state.actor), output)
        }
    }

    fileprivate static func show(_ account: Account, _ output: OutputOptions) throws {
        let view = AccountView(account, at: .now)
        if output.format == .json { return try Output.json(view) }
        let end = view.accessEnds.map { " until \($0)" } ?? ""
        Output.print("\(TerminalText.safe(view.name)): \(view.role.rawValue)\(end), \(view.state)\n")
    }
}
