/// Where a join token for new devices is made, and shown once.
package struct JoinPage: ConsolePage {
    package static let template = "device-join"
    package static let place: ConsolePlace? = .devices
    package var title: String { "Let a device in" }

    /// A token that was just made.
    package struct Token: Sendable, Hashable {
        let text: String
        let command: String
        let uses: Int
        let ends: MomentView
        let givenProfile: String?

        /// Shows a token, and the command that uses it on a device.
        package init(text: String, command: String, uses: Int, ends: MomentView, profile: String?) {
            self.text = text
            self.command = command
            self.uses = uses
            self.ends = ends
            givenProfile = profile
        }
    }

    let token: Token?
    let problem: String?
    let uses: String
    let hours: String
    let profile: String
    let profiles: [String]
    let formToken: String

    /// Shows the form, with what was entered before where something was wrong with it, or the token.
    package init(
        token: Token? = nil, problem: String? = nil, uses: String = "1", hours: String = "24", profile: String = "",
        profiles: [String], formToken: String
    ) {
        self.token = token
        self.problem = problem
        self.uses = uses
        self.hours = hours
        self.profile = profile
        self.profiles = profiles
        self.formToken = formToken
    }
}
