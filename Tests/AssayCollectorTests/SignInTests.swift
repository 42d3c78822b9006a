import AssayAccounts
import AssayModel
import AssayStore
import AssayStoreSQLite
import Testing

@testable import AssayCollector

/// Who is let in, who is not, and what the store keeps of it.
struct SignInTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)
    private static let password = "correct horse battery"

    /// A sign-in over a store with one account whose password is known; hashing is cheap, times are given.
    private struct Setting {
        let store: SQLiteStore
        let signIn: SignIn
        let people: People
        var account: Account

        init(perMinute: Int = 10_000, change: (inout Account) -> Void = { _ in }) async throws {
            let hasher = PasswordHasher(cost: PasswordHash.Cost(logBlocks: 4, passes: 1))
            store = try SQLiteStore.inMemory()
            people = People(store: store, hasher: hasher)
            signIn = SignIn(
                store: store, hasher: hasher, limiter: RateLimiter(perMinute: perMinute),
                total: RateLimiter(perMinute: 10_000))
            let actor = Actor("test", at: now)
            let secret = try #require(try await people.inviteFirst(by: actor))
            _ = try await people.accept(secret, name: "boss", password: password, at: now)
            var account = Account(id: "p", name: "person", role: .viewer, createdAt: now)
            change(&account)
            _ = try await store.createAccount(account, by: actor)
            _ = try await store.changeAccount(
                "p", .password(try await hasher.hash(password)), by: actor)
            self.account = account
        }

        func attempt(
            _ name: String = "person", _ password: String = SignInTests.password, code: String? = nil,
            after seconds: Int64 = 0
        ) async throws -> SessionSecret {
            try await signIn.begin(
                SignIn.Attempt(name: name, password: password, code: code, address: "192.0.2.1", agent: "browser"),
                at: SignInTests.now.adding(.seconds(seconds))
            ).secret
        }
    }

    @Test("name and password open a session that the store knows by its hash alone") func signsIn() async throws {
        let setting = try await Setting()
        let secret = try await setting.attempt(" Person ")
        let found = try await setting.store.session(secret.hash, at: Self.now, idle: SignIn.idle)
        #expect(found?.1.name == "person")
        #expect(found?.0.origin == "192.0.2.1, browser")
        // The password was hashed at a low cost, and is at once hashed again.
        let actions = try await setting.store.audit(limit: 2).map(\.action)
        #expect(actions == ["account/password", "account/sign-in"])
        let late = Self.now.adding(SignIn.idle)
        #expect(try await setting.store.session(secret.hash, at: late, idle: SignIn.idle) == nil)
    }

    @Test(
        "what is wrong is not told apart",
        arguments: [
            ("nobody", password), ("person", "another password"), ("", ""), ("\u{0}", password),
            ("person' OR 1=1 --", password),
        ]) func refusals(_ name: String, _ password: String) async throws
    {
        let setting = try await Setting()
        await #expect(throws: SignIn.Refusal.wrong) { _ = try await setting.attempt(name, password) }
    }

    @Test("a closed account and an ended access are refused like a wrong password") func notOpen() async throws {
        let closed = try await Setting()
        _ = try await closed.store.changeAccount("p", .close, by: Actor("test", at: Self.now))
        await #expect(throws: SignIn.Refusal.wrong) { _ = try await closed.attempt() }
        let ended = try await Setting { $0.accessEnds = Self.now.adding(.seconds(60)) }
        let secret = try await ended.attempt()
        await #expect(throws: SignIn.Refusal.wrong) { _ = try await ended.attempt(after: 60) }
        let later = Self.now.adding(.seconds(61))
        #expect(try await ended.store.session(secret.hash, at: later, idle: SignIn.idle) == nil)
    }

    @Test("five failures lock an account, each further one for twice as long, and a good sign-in forgets them")
    func lockOut() async throws {
        let setting = try await Setting()
        for _ in 0..<5 {
            await #expect(throws: SignIn.Refusal.wrong) { _ = try await setting.attempt("person", "wrong password") }
        }
        // The right password does not open a locked account: a guesser learns nothing from it.
        await #expect(throws: SignIn.Refusal.tooMany(seconds: 60)) { _ = try await setting.attempt() }
        await #expect(throws: SignIn.Refusal.wrong) {
            _ = try await setting.attempt("person", "wrong password", after: 60)
        }
        await #expect(throws: SignIn.Refusal.tooMany(seconds: 120)) { _ = try await setting.attempt(after: 60) }
        _ = try await setting.attempt(after: 180)
        #expect(try await setting.store.account("p")?.failures == 0)
        // Others are not kept out.
        _ = try await setting.attempt("boss")
    }

    @Test("a second factor is asked for behind the password, and a code is good once") func secondFactor() async throws
    {
        let setting = try await Setting()
        let factor = OneTimePassword()
        let actor = Actor("test", at: Self.now)
        let step = Self.now.seconds / OneTimePassword.period
        let person = try #require(try await setting.store.account("p"))
        try await setting.people.setSecondFactor(
            factor.secret, code: factor.code(step: step), of: person, password: Self.password, by: actor)
        await #expect(throws: SignIn.Refusal.wrong) { _ = try await setting.attempt("person", "wrong password") }
        await #expect(throws: SignIn.Refusal.codeRequired) { _ = try await setting.attempt() }
        // The code that switched it on is used up.
        await #expect(throws: SignIn.Refusal.wrongCode) {
            _ = try await setting.attempt(code: factor.code(step: step))
        }
        let next = factor.code(step: step + 1)
        _ = try await setting.attempt(code: next, after: 30)
        await #expect(throws: SignIn.Refusal.wrongCode) { _ = try await setting.attempt(code: next, after: 30) }
    }

    @Test("one address is slowed down before any password is hashed") func rateLimit() async throws {
        let setting = try await Setting(perMinute: 3)
        _ = try await setting.attempt()
        do {
            _ = try await setting.attempt()
            Issue.record("the second attempt at once was let through")
        } catch let SignIn.Refusal.tooMany(seconds) { #expect(seconds > 0) }
        #expect(try await setting.store.account("p")?.failures == 0)
    }
}
