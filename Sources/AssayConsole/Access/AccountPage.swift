/// A person's own account.
package struct AccountPage: ConsolePage {
    package static let template = "account"
    package static let place: ConsolePlace? = nil
    package var title: String { "Your account" }

    /// One browser that is signed in.
    package struct SessionView: Sendable, Hashable {
        let origin: String
        let isThis: Bool
        let began: MomentView
        let used: MomentView

        /// Shows a session.
        package init(origin: String, isThis: Bool, began: MomentView, used: MomentView) {
            self.origin = origin
            self.isThis = isThis
            self.began = began
            self.used = used
        }
    }

    /// A new second factor, which is not switched on yet.
    package struct NewFactor: Sendable, Hashable {
        let text: String
        let field: String
        let link: String

        /// Shows a secret as people type it, as the form sends it back, and as a link.
        package init(text: String, field: String, link: String) {
            self.text = text
            self.field = field
            self.link = link
        }
    }

    let name: String
    let role: String
    let accessEnds: String?
    let problem: String?
    let formToken: String
    let minimum: Int
    let hasSecondFactor: Bool
    let secret: String?
    let secretField: String?
    let link: String?
    let sessions: [SessionView]

    /// Shows an account; without a new factor the account has one.
    package init(
        name: String, role: String, accessEnds: String?, problem: String?, formToken: String, minimumLength: Int,
        newFactor: NewFactor?, sessions: [SessionView]
    ) {
        self.name = name
        self.role = role
        self.accessEnds = accessEnds
        self.problem = problem
        self.formToken = formToken
        minimum = minimumLength
        hasSecondFactor = newFactor == nil
        secret = newFactor?.text
        secretField = newFactor?.field
        link = newFactor?.link
        self.sessions = sessions
    }
}
