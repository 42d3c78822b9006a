package import AssayAccounts
package import AssayModel
package import AssayStore

/// An account as the operator API and the command line show it; no secret is in it.
package struct AccountView: Sendable, Codable {
    /// Its id, as in the audit trail.
    package let id: String
    /// Name to sign in with.
    package let name: String
    /// What the person is to the fleet.
    package let role: Role
    /// `active`, `invited`, `ended`, `closed` or `locked`.
    package let state: String
    /// Whether a second factor is set.
    package let hasSecondFactor: Bool
    /// When it was made.
    package let createdAt: Timestamp
    /// When access ends by itself.
    package let accessEnds: Timestamp?
    /// When the person signed in last.
    package let lastSignIn: Timestamp?

    /// Shows an account.
    package init(_ account: Account, at now: Timestamp) {
        id = account.id
        name = account.name
        role = account.role
        hasSecondFactor = account.oneTimeSecret != nil
        createdAt = account.createdAt
        accessEnds = account.accessEnds
        lastSignIn = account.lastSignIn
        state = Self.state(of: account, at: now)
    }

    private static func state(of account: Account, at now: Timestamp) -> String {
        if account.closedAt != nil { return "closed" }
        if !account.isOpen(at: now) { return "ended" }
        if account.passwordHash == nil, account.subject == nil { return "invited" }
        return account.lockedUntil.map { $0 > now } ?? false ? "locked" : "active"
    }
}

/// An account that was made or is to get a new password, with the link for its person: the only time that it is shown.
package struct InvitedView: Sendable, Codable {
    /// The account.
    package let account: AccountView
    /// Address of the page on which the person chooses a password; good once, for a day.
    package let link: String

    /// Shows an invitation.
    package init(account: AccountView, link: String) {
        self.account = account
        self.link = link
    }
}

/// An operator token in a list; the secret is nowhere to be had.
package struct OperatorTokenView: Sendable, Codable {
    /// Public part.
    package let id: String
    /// What it is for.
    package let name: String
    /// `active`, `expired` or `revoked`.
    package let state: String
    /// What may be done with it.
    package let permissions: [Permission]
    /// When it was made.
    package let createdAt: Timestamp
    /// When it stops working.
    package let expiresAt: Timestamp?

    /// Shows a token.
    package init(_ token: OperatorToken, at now: Timestamp) {
        id = token.id
        name = token.name
        state = token.state(at: now)
        permissions = token.permissions.sorted()
        createdAt = token.createdAt
        expiresAt = token.expiresAt
    }
}

/// A new operator token: the only time that its text is shown.
package struct NewOperatorTokenView: Sendable, Codable {
    /// What goes behind `Authorization: Bearer`.
    package let token: String
    /// The rest of it.
    package let details: OperatorTokenView

    /// Shows a token with its text.
    package init(token: String, details: OperatorTokenView) {
        self.token = token
        self.details = details
    }
}

/// Who asks, and what they may do.
struct PrincipalView: Sendable, Codable {
    let name: String
    let actor: String
    let permissions: [Permission]

    init(_ principal: Principal) {
        name = principal.name
        actor = principal.actorName
        permissions = principal.permissions.sorted()
    }
}
