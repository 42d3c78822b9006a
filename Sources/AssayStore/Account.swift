package import AssayAccounts
package import AssayModel

/// A person who may sign in.
package struct Account: Sendable, Hashable {
    /// Its id: random, never used again.
    package var id: String
    /// Name to sign in with, in the form of ``AssayAccounts/AccountName``; unique.
    package var name: String
    /// What the person may do.
    package var role: Role
    /// Password as ``AssayAccounts/PasswordHash`` writes it; nil before the invitation is taken up and for people who sign in
    /// through an identity provider.
    package var passwordHash: String?
    /// Secret of the one-time passwords; nil when there is no second factor.
    package var oneTimeSecret: [UInt8]?
    /// Step of the last one-time password that was used.
    package var oneTimeStep: Int64?
    /// Issuer and subject at an identity provider.
    package var subject: String?
    /// When it was made.
    package var createdAt: Timestamp
    /// When access ends by itself.
    package var accessEnds: Timestamp?
    /// When an admin closed it.
    package var closedAt: Timestamp?
    /// When the person signed in last.
    package var lastSignIn: Timestamp?
    /// Failed sign-ins since the last good one.
    package var failures: Int
    /// Until when nobody can sign in, after too many failures.
    package var lockedUntil: Timestamp?

    /// Describes an account.
    package init(
        id: String, name: String, role: Role, passwordHash: String? = nil, oneTimeSecret: [UInt8]? = nil,
        oneTimeStep: Int64? = nil, subject: String? = nil, createdAt: Timestamp, accessEnds: Timestamp? = nil,
        closedAt: Timestamp? = nil, lastSignIn: Timestamp? = nil, failures: Int = 0, lockedUntil: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.passwordHash = passwordHash
        self.oneTimeSecret = oneTimeSecret
        self.oneTimeStep = oneTimeStep
        self.subject = subject
        self.createdAt = createdAt
        self.accessEnds = accessEnds
        self.closedAt = closedAt
        self.lastSignIn = lastSignIn
        self.failures = failures
        self.lockedUntil = lockedUntil
    }

    /// Whether the person may be signed in at a moment.
    package func isOpen(at time: Timestamp) -> Bool {
        closedAt == nil && accessEnds.map { $0 > time } ?? true
    }
}

/// What is changed of an account; each change is one entry of the audit trail.
package enum AccountChange: Sendable, Hashable {
    /// Another role, and when access in it ends.
    case role(Role, ends: Timestamp?)
    /// A new password, as it is kept.
    case password(String)
    /// A second factor that was tried, with the step that showed it; nil takes it away.
    case oneTimePassword(secret: [UInt8]?, step: Int64?)
    /// Nobody signs in with it any more.
    case close
    /// People may sign in with it again.
    case reopen
}

/// A one-time link with which a person makes or recovers their account.
package struct Invitation: Sendable, Hashable {
    /// SHA-256 of the link's secret.
    package var secretHash: [UInt8]
    /// The account that it opens; nil for the first account, whose name the person chooses.
    package var account: String?
    /// When it was made.
    package var createdAt: Timestamp
    /// When it stops working.
    package var expiresAt: Timestamp
    /// When it was used or taken back.
    package var endedAt: Timestamp?

    /// Describes an invitation.
    package init(
        secretHash: [UInt8], account: String?, createdAt: Timestamp, expiresAt: Timestamp, endedAt: Timestamp? = nil
    ) {
        self.secretHash = secretHash
        self.account = account
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.endedAt = endedAt
    }
}

/// A person who is signed in with a browser.
package struct Session: Sendable, Hashable {
    /// SHA-256 of the cookie's value.
    package var secretHash: [UInt8]
    /// The account.
    package var account: String
    /// When it began.
    package var createdAt: Timestamp
    /// When it was used last, to the minute.
    package var usedAt: Timestamp
    /// When it ends whatever happens.
    package var expiresAt: Timestamp
    /// Address and browser, for the person to recognise it.
    package var origin: String

    /// Describes a session.
    package init(
        secretHash: [UInt8], account: String, createdAt: Timestamp, usedAt: Timestamp, expiresAt: Timestamp,
        origin: String
    ) {
        self.secretHash = secretHash
        self.account = account
        self.createdAt = createdAt
        self.usedAt = usedAt
        self.expiresAt = expiresAt
        self.origin = origin
    }
}
