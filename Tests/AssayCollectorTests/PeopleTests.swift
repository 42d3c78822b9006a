import AssayAccounts
import AssayModel
import AssayStore
import AssayStoreSQLite
import Testing

@testable import AssayCollector

/// Invitations, roles and passwords.
struct PeopleTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)
    private static let actor = Actor("test", at: now)
    private static let password = "correct horse battery"

    private static func people() throws -> (SQLiteStore, People, PasswordHasher) {
        let hasher = PasswordHasher(cost: PasswordHash.Cost(logBlocks: 4, passes: 1))
        let store = try SQLiteStore.inMemory()
        return (store, People(store: store, hasher: hasher), hasher)
    }

    private static func first(_ people: People) async throws -> Account {
        let secret = try #require(try await people.inviteFirst(by: actor))
        return try await people.accept(secret, name: "Boss@example.org", password: password, at: now)
    }

    @Test("the first account administers, and its link works once") func firstAccount() async throws {
        let (_, people, _) = try Self.people()
        let secret = try #require(try await people.inviteFirst(by: Self.actor))
        await #expect(throws: CollectorFailure(.usage, "")) {
            _ = try await people.accept(secret, name: "boss", password: "short", at: Self.now)
        }
        let boss = try await people.accept(secret, name: "boss", password: Self.password, at: Self.now)
        #expect(boss.role == .admin)
        await #expect(throws: CollectorFailure(.noInput, "")) {
            _ = try await people.accept(secret, name: "other", password: Self.password, at: Self.now)
        }
        #expect(try await people.inviteFirst(by: Self.actor) == nil)
    }

    @Test("a link ends after a day, and a newer one takes its place") func invitations() async throws {
        let (_, people, _) = try Self.people()
        _ = try await Self.first(people)
        let (account, old) = try await people.invite("Viewer", role: .viewer, ends: nil, by: Self.actor)
        #expect(account.name == "viewer")
        let (_, new) = try await people.inviteAgain("viewer", by: Self.actor)
        #expect(try await people.invited(old, at: Self.now).isValid == false)
        #expect(try await people.invited(new, at: Self.now).account?.id == account.id)
        #expect(try await people.invited(new, at: Self.now.adding(.seconds(86_400))).isValid == false)
        await #expect(throws: CollectorFailure(.usage, "")) {
            _ = try await people.invite("VIEWER", role: .viewer, ends: nil, by: Self.actor)
        }
        await #expect(throws: CollectorFailure(.noInput, "")) {
            _ = try await people.inviteAgain("nobody", by: Self.actor)
        }
    }

    @Test(
        "access of an auditor ends, and no access ends in the past or beyond a year",
        arguments: [
            (Role.auditor, nil as Duration?), (.viewer, .zero), (.viewer, .seconds(-1)),
            (.viewer, .seconds(367 * 86_400)),
        ]) func ends(_ role: Role, _ span: Duration?) async throws
    {
        let (_, people, _) = try Self.people()
        await #expect(throws: CollectorFailure(.usage, "")) {
            _ = try await people.invite("a", role: role, ends: span, by: Self.actor)
        }
    }

    @Test("the last admin stays one") func lastAdmin() async throws {
        let (_, people, _) = try Self.people()
        let boss = try await Self.first(people)
        await #expect(throws: CollectorFailure(.usage, "")) { _ = try await people.close(boss.id, by: Self.actor) }
        await #expect(throws: CollectorFailure(.usage, "")) {
            _ = try await people.assign(.viewer, ends: nil, to: boss.name, by: Self.actor)
        }
        // Somebody who was only invited cannot administer yet.
        let (second, secret) = try await people.invite("second", role: .admin, ends: nil, by: Self.actor)
        await #expect(throws: CollectorFailure(.usage, "")) { _ = try await people.close(boss.id, by: Self.actor) }
        _ = try await people.accept(secret, name: "", password: Self.password, at: Self.now)
        #expect(try await people.close(boss.id, by: Self.actor).closedAt != nil)
        #expect(try await people.reopen(boss.id, by: Self.actor).closedAt == nil)
        #expect(try await people.assign(.viewer, ends: nil, to: boss.name, by: Self.actor).role == .viewer)
        #expect(second.role == .admin)
    }

    @Test("a password is changed by whoever knows it, and ends the other sessions") func passwords() async throws {
        let (store, people, hasher) = try Self.people()
        let boss = try await Self.first(people)
        for name in ["this", "other"] {
            let session = Session(
                secretHash: Array(name.utf8), account: boss.id, createdAt: Self.now, usedAt: Self.now,
                expiresAt: Self.now.adding(.seconds(60)), origin: name)
            _ = try await store.beginSession(session, oneTimeStep: nil, by: Self.actor)
        }
        let account = try #require(try await store.account(boss.id))
        await #expect(throws: CollectorFailure(.usage, "")) {
            try await people.changePassword(
                of: account, from: "wrong", to: "another good password", keeping: [], by: Self.actor)
        }
        try await people.changePassword(
            of: account, from: Self.password, to: "another good password", keeping: Array("this".utf8), by: Self.actor)
        let changed = try #require(try await store.account(boss.id))
        #expect(try await hasher.check("another good password", against: changed.passwordHash).matches)
        #expect(try await store.sessions(of: boss.id, at: Self.now).map(\.origin) == ["this"])
    }

    @Test("a second factor needs a code that fits, and the password to go") func secondFactor() async throws {
        let (store, people, _) = try Self.people()
        let boss = try await Self.first(people)
        let factor = OneTimePassword()
        await #expect(throws: CollectorFailure(.usage, "")) {
            try await people.setSecondFactor(
                factor.secret, code: "000000x", of: boss, password: Self.password, by: Self.actor)
        }
        let code = factor.code(step: Self.now.seconds / OneTimePassword.period)
        await #expect(throws: CollectorFailure(.usage, "")) {
            try await people.setSecondFactor(factor.secret, code: code, of: boss, password: "wrong", by: Self.actor)
        }
        try await people.setSecondFactor(factor.secret, code: code, of: boss, password: Self.password, by: Self.actor)
        let account = try #require(try await store.account(boss.id))
        // A session must not put another factor in the place of the first.
        await #expect(throws: CollectorFailure(.usage, "")) {
            try await people.setSecondFactor(
                OneTimePassword().secret, code: code, of: account, password: Self.password, by: Self.actor)
        }
        #expect(account.oneTimeSecret == factor.secret)
        await #expect(throws: CollectorFailure(.usage, "")) {
            try await people.removeSecondFactor(of: account, password: "wrong", by: Self.actor)
        }
        try await people.removeSecondFactor(of: account, password: Self.password, by: Self.actor)
        #expect(try await store.account(boss.id)?.oneTimeSecret == nil)
    }
}

/// Tokens of programs.
struct OperatorTokensTests {
    private static let actor = Actor("test", at: Timestamp(milliseconds: 1_800_000_000_000))

    @Test("the text of a token is not kept, and opens what its maker gave") func create() async throws {
        let store = try SQLiteStore.inMemory()
        let (text, token) = try await OperatorTokens(store: store).create(
            "ci", permissions: [.view, .triage], validFor: .seconds(60), holding: Role.operator.permissions,
            by: Self.actor)
        let credential = try #require(OperatorCredential(parsing: text))
        let kept = try #require(try await store.operatorToken(credential.id))
        #expect(kept.permissions == [.view, .triage])
        #expect(kept.secretHash == Secret.hash(credential.secret))
        #expect(token.state(at: Self.actor.at.adding(.seconds(59))) == "active")
        #expect(token.state(at: Self.actor.at.adding(.seconds(60))) == "expired")
    }

    @Test(
        "nobody gives what they do not have, nothing, or for ever",
        arguments: [
            ("ci", Set([Permission.administer]), Duration.seconds(60)), ("ci", [], .seconds(60)),
            ("", [.view], .seconds(60)),
            ("ci", [.view], .zero), ("ci", [.view], .seconds(3_000_000_000)),
            (String(repeating: "x", count: 129), [.view], .seconds(60)),
        ] as [(String, Set<Permission>, Duration)]) func refusals(
            _ name: String, _ permissions: Set<Permission>, _ validFor: Duration
        ) async throws
    {
        let store = try SQLiteStore.inMemory()
        await #expect(throws: CollectorFailure(.usage, "")) {
            _ = try await OperatorTokens(store: store).create(
                name, permissions: permissions, validFor: validFor, holding: Role.operator.permissions, by: Self.actor)
        }
        #expect(try await store.operatorTokens().isEmpty)
    }
}
