package import AssayModel

/// People, their sessions and the links that let them in.
///
/// What changes who may do what is written together with its entry of the audit trail.
package protocol AccountStore: Sendable {
    /// Accounts in the order of their names.
    func accounts() async throws -> [Account]
    /// One account.
    func account(_ id: String) async throws -> Account?
    /// The account that a person signs in to under a name.
    func account(named name: String) async throws -> Account?
    /// The account of a subject at an identity provider.
    func account(subject: String) async throws -> Account?
    /// Keeps a new account; false when its name or subject is taken.
    func createAccount(_ account: Account, by actor: Actor) async throws -> Bool
    /// Changes an account; closing it ends its sessions. The last admin who can sign in stays one.
    func changeAccount(_ id: String, _ change: AccountChange, by actor: Actor) async throws -> AccountOutcome

    /// Keeps an invitation; one for the same account before it ends.
    func createInvitation(_ invitation: Invitation, by actor: Actor) async throws
    /// An invitation that can still be used.
    func invitation(_ secretHash: [UInt8], at time: Timestamp) async throws -> Invitation?
    /// Uses an invitation, once: the account gets its password, and is made where it is the first.
    ///
    /// False, and nothing is written, when the invitation is gone, or is for a first account and there is one.
    func accept(_ invitation: [UInt8], as account: Account, by actor: Actor) async throws -> Bool

    /// Notes a sign-in that failed; `lock` says of the number of failures in a row, this one included, until when the account
    /// is locked.
    func noteFailedSignIn(
        _ id: String, by actor: Actor, lock: @escaping @Sendable (Int) -> Timestamp?
    ) async throws
    /// Begins a session: failures are forgotten, a one-time password's step is used up.
    ///
    /// False, and nothing is written, when that step was used already.
    func beginSession(_ session: Session, oneTimeStep: Int64?, by actor: Actor) async throws -> Bool
    /// A session that has not ended, with its account, which is open; notes its use at most once
    /// a minute.
    func session(_ secretHash: [UInt8], at time: Timestamp, idle: Duration) async throws -> (Session, Account)?
    /// Sessions of an account that have not ended, the one used last first.
    func sessions(of account: String, at time: Timestamp) async throws -> [Session]
    /// Ends a session; false when there is none.
    func endSession(_ secretHash: [UInt8], by actor: Actor) async throws -> Bool
    /// Ends all sessions of an account but one.
    func endSessions(of account: String, except secretHash: [UInt8]?, by actor: Actor) async throws -> Int
    /// Forgets sessions and invitations that ended before `time`.
    func dropEndedSessions(before time: Timestamp, idle: Duration) async throws -> Int
}

/// What became of a change to an account.
package enum AccountOutcome: Sendable, Hashable {
    /// It is done.
    case changed
    /// There is no such account.
    case unknown
    /// It would leave nobody who can administer.
    case lastAdmin
}
