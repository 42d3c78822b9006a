package import AssayAccounts
internal import AssayModel
internal import AssayReport
package import AssayStore

/// What admins do with people's accounts and with tokens, and what people do with their own.
package struct People: Sendable {
    private static let invitationTime = Duration.seconds(24 * 3600)
    private static let longestAccess = Duration.seconds(366 * 86_400)
    private static let idSize = 9

    private let store: any Store
    private let hasher: PasswordHasher

    /// Works on a store.
    package init(store: any Store) { self.init(store: store, hasher: PasswordHasher()) }

    init(store: any Store, hasher: PasswordHasher) {
        self.store = store
        self.hasher = hasher
    }

    // MARK: Invitations

    /// Makes the link's secret for the first account; nil when there are accounts.
    package func inviteFirst(by actor: Actor) async throws -> String? {
        guard try await store.accounts().isEmpty else { return nil }
        return try await invite(account: nil, by: actor)
    }

    /// Makes an account and the secret of the link with which its person chooses a password.
    package func invite(
        _ name: String, role: Role, ends: Duration?, by actor: Actor
    ) async throws -> (account: Account, secret: String) {
        let account = Account(
            id: Base64.encodeURLSafe(Secret.randomBytes(Self.idSize)), name: try Self.name(name), role: role,
            createdAt: actor.at, accessEnds: try Self.end(ends, of: role, from: actor.at))
        guard try await store.createAccount(account, by: actor) else {
            throw CollectorFailure(.usage, "there is an account \(account.name) already")
        }
        return (account, try await invite(account: account.id, by: actor))
    }

    /// Makes a new link for an account whose person has lost the password.
    package func inviteAgain(_ name: String, by actor: Actor) async throws -> (account: Account, secret: String) {
        let account = try await account(name)
        guard account.closedAt == nil else { throw CollectorFailure(.usage, "the account \(account.name) is closed") }
        return (account, try await invite(account: account.id, by: actor))
    }

    private func invite(account: String?, by actor: Actor) async throws -> String {
        let secret = Base64.encodeURLSafe(Secret.randomBytes(JoinToken.secretSize))
        try await store.createInvitation(
            Invitation(
                secretHash: Secret.hash(secret), account: account, createdAt: actor.at,
                expiresAt: actor.at.adding(Self.invitationTime)), by: actor)
        return secret
    }

    /// What an invitation opens: the account, or nil for the first one, which is still to be named.
    func invited(_ secret: String, at now: Timestamp) async throws -> (isValid: Bool, account: Account?) {
        guard let invitation = try await store.invitation(Secret.hash(secret), at: now) else { return (false, nil) }
        guard let id = invitation.account else { return (try await store.accounts().isEmpty, nil) }
        let account = try await store.account(id)
        return (account?.isOpen(at: now) ?? false, account)
    }

    /// Uses an invitation: sets the password, and makes the first account, which administers.
    func accept(_ secret: String, name: String, password: String, at now: Timestamp) async throws -> Account {
        let (isValid, known) = try await invited(secret, at: now)
        guard isValid else { throw Self.usedInvitation }
        var account =
            if let known { known } else {
                Account(
                    id: Base64.encodeURLSafe(Secret.randomBytes(Self.idSize)), name: try Self.name(name), role: .admin,
                    createdAt: now)
            }
        account.passwordHash = try await hash(password, for: account)
        let actor = Actor("person:\(account.id)", at: now)
        guard try await store.accept(Secret.hash(secret), as: account, by: actor) else { throw Self.usedInvitation }
        return account
    }

    private static let usedInvitation = CollectorFailure(
        .noInput, "this link has been used or is too old", nextStep: "ask an admin for another")

    // MARK: Accounts

    /// The account of a name or id.
    package func account(_ name: String) async throws -> Account {
        if let account = try await store.account(name) { return account }
        if let name = try? AccountName.normalized(name), let account = try await store.account(named: name) {
            return account
        }
        throw CollectorFailure(
            .noInput, "there is no account \(name)", nextStep: "list them with: assay-collector people list")
    }

    /// Gives a person another role.
    package func assign(_ role: Role, ends: Duration?, to name: String, by actor: Actor) async throws -> Account {
        try await change(name, .role(role, ends: try Self.end(ends, of: role, from: actor.at)), by: actor)
    }

    /// Closes an account: nobody signs in with it, and who is signed in is signed out.
    package func close(_ name: String, by actor: Actor) async throws -> Account {
        try await change(name, .close, by: actor)
    }

    /// Opens a closed or locked account again.
    package func reopen(_ name: String, by actor: Actor) async throws -> Account {
        try await change(name, .reopen, by: actor)
    }

    /// Sets a new password for whoever knows the old one, and signs out everywhere else.
    func changePassword(
        of account: Account, from old: String, to new: String, keeping session: [UInt8], by actor: Actor
    ) async throws {
        try await check(old, of: account, by: actor)
        _ = try await change(account.id, .password(try await hash(new, for: account)), by: actor)
        _ = try await store.endSessions(of: account.id, except: session, by: actor)
    }

    /// Sets a second factor for whoever knows the password, once a code shows that their program has it.
    ///
    /// A session alone is not enough: whoever took one over would keep the account, and its person out.
    func setSecondFactor(
        _ secret: [UInt8], code: String, of account: Account, password: String, by actor: Actor
    ) async throws {
        guard account.oneTimeSecret == nil else {
            throw CollectorFailure(.usage, "there is a second factor already", nextStep: "take it away first")
        }
        try await check(password, of: account, by: actor)
        guard let step = OneTimePassword(secret: secret).step(of: code, at: actor.at.seconds, after: nil) else {
            throw CollectorFailure(.usage, "the code does not fit", nextStep: "check the clock of the phone")
        }
        _ = try await change(account.id, .oneTimePassword(secret: secret, step: step), by: actor)
    }

    /// Takes the second factor away from whoever knows the password.
    func removeSecondFactor(of account: Account, password: String, by actor: Actor) async throws {
        try await check(password, of: account, by: actor)
        _ = try await change(account.id, .oneTimePassword(secret: nil, step: nil), by: actor)
    }

    private func check(_ password: String, of account: Account, by actor: Actor) async throws {
        guard try await hasher.check(password, against: account.passwordHash).matches else {
            try await store.noteFailedSignIn(account.id, by: actor) { _ in nil }
            throw CollectorFailure(.usage, "the present password is wrong")
        }
    }

    private func change(_ name: String, _ change: AccountChange, by actor: Actor) async throws -> Account {
        let account = try await account(name)
        switch try await store.changeAccount(account.id, change, by: actor) {
        case .changed: return try await self.account(account.id)
        case .unknown: throw CollectorFailure(.noInput, "there is no account \(name)")
        case .lastAdmin:
            throw CollectorFailure(
                .usage, "\(account.name) is the last admin", nextStep: "make somebody else an admin first")
        }
    }

    private func hash(_ password: String, for account: Account) async throws -> String {
        do { try PasswordRules.check(password, for: account.name) } catch {
            throw CollectorFailure(.usage, error.description)
        }
        return try await hasher.hash(password)
    }

    private static func name(_ text: String) throws -> String {
        do { return try AccountName.normalized(text) } catch { throw CollectorFailure(.usage, error.description) }
    }

    private static func end(_ span: Duration?, of role: Role, from now: Timestamp) throws -> Timestamp? {
        guard let span else {
            guard !role.mustEnd else {
                throw CollectorFailure(
                    .usage, "access as \(role.rawValue) must end", nextStep: "say when, for example --expires 30d")
            }
            return nil
        }
        guard span > .zero, span <= longestAccess else {
            throw CollectorFailure(.usage, "access ends within 366 days")
        }
        return now.adding(span)
    }
}
