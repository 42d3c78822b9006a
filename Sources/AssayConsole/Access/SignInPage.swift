/// Where people sign in.
package struct SignInPage: ConsolePage {
    package static let template = "sign-in"
    package static let place: ConsolePlace? = nil
    package var title: String { "Sign in" }

    let problem: String?
    let name: String
    let next: String
    let asksCode: Bool
    let provider: String?

    /// Asks for name and password, and for a code where the account has a second factor.
    package init(
        problem: String? = nil, name: String = "", next: String = "/", asksCode: Bool = false, provider: String? = nil
    ) {
        self.problem = problem
        self.name = name
        self.next = next
        self.asksCode = asksCode
        self.provider = provider
    }
}

/// Where somebody with a link chooses a password.
package struct SetupPage: ConsolePage {
    package static let template = "setup"
    package static let place: ConsolePlace? = nil
    package var title: String { isFirst ? "First account" : "Choose a password" }

    let isFirst: Bool
    let name: String
    let problem: String?
    let minimum: Int

    /// Asks for a password, and for a name where it is the first account.
    package init(isFirst: Bool, name: String, problem: String? = nil, minimumLength: Int) {
        self.isFirst = isFirst
        self.name = name
        self.problem = problem
        minimum = minimumLength
    }
}

/// Says that something cannot be shown or done, and what to do.
package struct ProblemPage: ConsolePage {
    package static let template = "problem"
    package static let place: ConsolePlace? = nil
    package var title: String { heading }

    let heading: String
    let detail: String?
    let advice: String?
    let status: String

    /// States a problem.
    package init(heading: String, detail: String?, advice: String? = nil, status: String) {
        self.heading = heading
        self.detail = detail
        self.advice = advice
        self.status = status
    }
}
