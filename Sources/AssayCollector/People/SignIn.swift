internal import AssayAccounts
internal import AssayModel
internal import AssayStore

/// Signing in with a name, a password and, where the account has one, a second factor.
struct SignIn: Sendable {
    /// How long a session lasts without use, and at most.
    static let idle = Duration.seconds(12 * 3600)
    private static let longest = Duration.seconds(7 * 86_400)
    /// Failures in a row before an account is locked, and the longest lock; each further failure doubles it from a minute.
    private static let freeFailures = 5
    private static let longestLock = 60
    private static let originLimit = 200

    /// Why somebody is not let in.
    enum Refusal: Error, Sendable, Hashable {
        /// Name or password is wrong, or the account is closed; which one is nobody's business.
        case wrong
        /// The password is right and the second factor is missing.
        case codeRequired
        /// The second factor is wrong or was used before.
        case wrongCode
        /// Too many attempts; try again after some seconds.
        case tooMany(seconds: Int)
    }

    let store: any AccountStore
    let hasher: PasswordHasher
    /// Attempts from one address.
    let limiter: RateLimiter<String>
    /// All attempts together, several times as many: hashing is dear, and one address must not keep others out.
    let total: RateLimiter<Bool>

    /// What a person enters.
    struct Attempt: Sendable {
        var name: String
        var password: String
        var code: String?
        /// Address and browser.
        var address: String
        var agent: String
    }

    /// Begins a session for whoever shows what the account asks for.
    func begin(_ attempt: Attempt, at now: Timestamp) async throws -> (secret: SessionSecret, account: Account) {
        if let seconds = limiter.secondsToWait(for: attempt.address) ?? total.secondsToWait(for: true) {
            throw Refusal.tooMany(seconds: seconds)
        }
        // What cannot be a name is looked up as none, in the same time.
        let name = (try? AccountName.normalized(attempt.name)) ?? ""
        let account = try await store.account(named: name)
        if let end = account?.lockedUntil, end > now {
            throw Refusal.tooMany(seconds: max(1, Int(end.seconds - now.seconds)))
        }
        let check = try await hasher.check(attempt.password, against: account?.passwordHash)
        guard let account else { throw Refusal.wrong }
        guard check.matches, account.isOpen(at: now) else {
            try await note(failureOf: account, attempt, at: now)
            throw Refusal.wrong
        }
        let step = try await step(of: attempt, for: account, at: now)
        let session = try await open(account, attempt, step: step, at: now)
        if check.isOutdated {
            let hash = try await hasher.hash(attempt.password)
            _ = try await store.changeAccount(account.id, .password(hash), by: actor(account, at: now))
        }
        return (session, account)
    }

    /// Begins a session of a person whom an identity provider or an invitation vouches for.
    func open(
        _ account: Account, _ attempt: Attempt, step: Int64?, at now: Timestamp
    ) async throws -> SessionSecret {
        let secret = SessionSecret()
        let origin = String("\(attempt.address), \(attempt.agent)".prefix(Self.originLimit))
        let session = Session(
            secretHash: secret.hash, account: account.id, createdAt: now, usedAt: now,
            expiresAt: now.adding(Self.longest), origin: origin)
        guard try await store.beginSession(session, oneTimeStep: step, by: actor(account, at: now)) else {
            throw Refusal.wrongCode
        }
        return secret
    }

    private func step(of attempt: Attempt, for account: Account, at now: Timestamp) async throws -> Int64? {
        guard let secret = account.oneTimeSecret else { return nil }
        guard let code = attempt.code, !code.isEmpty else { throw Refusal.codeRequired }
        let password = OneTimePassword(secret: secret)
        guard let step = password.step(of: code, at: now.seconds, after: account.oneTimeStep) else {
            try await note(failureOf: account, attempt, at: now)
            throw Refusal.wrongCode
        }
        return step
    }

    private func note(failureOf account: Account, _ attempt: Attempt, at now: Timestamp) async throws {
        // Counted where it is kept: attempts at the same moment are all counted.
        try await store.noteFailedSignIn(account.id, by: Actor("address:\(attempt.address)", at: now)) { failures in
            let excess = failures - Self.freeFailures
            return excess < 0 ? nil : now.adding(.seconds(min(Self.longestLock, 1 << min(excess, 10)) * 60))
        }
    }

    private func actor(_ account: Account, at now: Timestamp) -> Actor { Actor("person:\(account.id)", at: now) }
}
