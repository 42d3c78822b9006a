import AssayAccounts
import AssayModel
import AssayStore
import Testing

extension StoreConformance {
    private static func account(_ id: String, _ role: Role = .viewer, ends: Timestamp? = nil) -> Account {
        Account(id: id, name: "name of \(id)", role: role, createdAt: now, accessEnds: ends)
    }

    private static func session(_ name: String, of account: String, at time: Timestamp = now) -> Session {
        Session(
            secretHash: Array(name.utf8), account: account, createdAt: time, usedAt: time,
            expiresAt: time.adding(.seconds(3600)), origin: name)
    }

    private static func isOpen(_ store: some Store, _ name: String, at time: Timestamp = now) async throws -> Bool {
        try await store.session(Array(name.utf8), at: time, idle: .seconds(600)) != nil
    }

    static func accountsHaveOneName(_ store: some Store) async throws {
        #expect(try await store.createAccount(account("a"), by: actor))
        #expect(try await store.createAccount(account("a"), by: actor) == false)
        var other = account("b")
        other.name = "name of a"
        #expect(try await store.createAccount(other, by: actor) == false)
        other.name = "another"
        other.subject = "https://issuer|1"
        #expect(try await store.createAccount(other, by: actor))
        #expect(try await store.accounts().map(\.name) == ["another", "name of a"])
        #expect(try await store.account(named: "another")?.id == "b")
        #expect(try await store.account(subject: "https://issuer|1")?.id == "b")
        #expect(try await store.account("c") == nil)
        #expect(try await store.audit(limit: 9).map(\.action) == ["account/create", "account/create"])
        #expect(try await store.changeAccount("c", .close, by: actor) == .unknown)
    }

    static func closedAccountsHaveNoSessions(_ store: some Store) async throws {
        let ends = now.adding(.seconds(60))
        _ = try await store.createAccount(account("a", ends: ends), by: actor)
        #expect(try await store.beginSession(session("s1", of: "a"), oneTimeStep: nil, by: actor))
        #expect(try await isOpen(store, "s1"))
        #expect(try await isOpen(store, "s1", at: ends) == false)
        #expect(try await store.changeAccount("a", .close, by: actor) == .changed)
        #expect(try await isOpen(store, "s1") == false)
        #expect(try await store.changeAccount("a", .reopen, by: actor) == .changed)
        #expect(try await isOpen(store, "s1") == false)
        #expect(try await store.changeAccount("a", .role(.operator, ends: nil), by: actor) == .changed)
        #expect(try await store.account("a")?.role == .operator)
        #expect(try await store.account("a")?.accessEnds == nil)
    }

    static func sessionsEnd(_ store: some Store) async throws {
        _ = try await store.createAccount(account("a"), by: actor)
        for name in ["s1", "s2", "s3"] {
            _ = try await store.beginSession(session(name, of: "a"), oneTimeStep: nil, by: actor)
        }
        // Use is noted, and prolongs.
        #expect(try await isOpen(store, "s1", at: now.adding(.seconds(500))))
        #expect(try await isOpen(store, "s1", at: now.adding(.seconds(1000))))
        #expect(try await isOpen(store, "s2", at: now.adding(.seconds(1000))) == false)
        #expect(try await isOpen(store, "s1", at: now.adding(.seconds(3600))) == false)
        #expect(try await store.sessions(of: "a", at: now).first?.origin == "s1")
        #expect(try await store.endSession(Array("s2".utf8), by: actor))
        #expect(try await store.endSession(Array("s2".utf8), by: actor) == false)
        #expect(try await store.endSessions(of: "a", except: Array("s1".utf8), by: actor) == 1)
        #expect(try await store.sessions(of: "a", at: now).map(\.origin) == ["s1"])
        #expect(try await store.dropEndedSessions(before: now.adding(.seconds(3601)), idle: .seconds(600)) == 1)
    }

    static func oneTimeStepsAreUsedOnce(_ store: some Store) async throws {
        _ = try await store.createAccount(account("a"), by: actor)
        _ = try await store.changeAccount("a", .oneTimePassword(secret: [1], step: 5), by: actor)
        #expect(try await store.beginSession(session("s1", of: "a"), oneTimeStep: 5, by: actor) == false)
        #expect(try await isOpen(store, "s1") == false)
        #expect(try await store.beginSession(session("s2", of: "a"), oneTimeStep: 6, by: actor))
        #expect(try await store.beginSession(session("s3", of: "a"), oneTimeStep: 6, by: actor) == false)
        for _ in 0..<2 { try await store.noteFailedSignIn("a", by: actor) { $0 == 2 ? later(1) : nil } }
        let locked = try #require(try await store.account("a"))
        #expect(locked.failures == 2 && locked.lockedUntil == later(1))
        #expect(try await store.beginSession(session("s4", of: "a"), oneTimeStep: 7, by: actor))
        #expect(try await store.account("a")?.failures == 0)
        #expect(try await store.account("a")?.lockedUntil == nil)
    }

    static func invitationsAreUsedOnce(_ store: some Store) async throws {
        func invitation(_ name: String, _ account: String?) -> Invitation {
            Invitation(secretHash: Array(name.utf8), account: account, createdAt: now, expiresAt: later(60))
        }
        try await store.createInvitation(invitation("first", nil), by: actor)
        #expect(try await store.invitation(Array("first".utf8), at: later(60)) == nil)
        var boss = account("boss", .admin)
        boss.passwordHash = "hash"
        #expect(try await store.accept(Array("first".utf8), as: boss, by: actor))
        #expect(try await store.accept(Array("first".utf8), as: account("evil", .admin), by: actor) == false)
        // A link for a first account is of no use once there is one.
        try await store.createInvitation(invitation("late", nil), by: actor)
        #expect(try await store.accept(Array("late".utf8), as: account("evil", .admin), by: actor) == false)
        #expect(try await store.accounts().map(\.id) == ["boss"])
        _ = try await store.createAccount(account("a"), by: actor)
        try await store.createInvitation(invitation("old", "a"), by: actor)
        try await store.createInvitation(invitation("new", "a"), by: actor)
        #expect(try await store.invitation(Array("old".utf8), at: now) == nil)
        _ = try await store.changeAccount("a", .oneTimePassword(secret: [1], step: 1), by: actor)
        _ = try await store.beginSession(session("s1", of: "a"), oneTimeStep: nil, by: actor)
        var chosen = account("a")
        chosen.passwordHash = "chosen"
        #expect(try await store.accept(Array("new".utf8), as: chosen, by: actor))
        let known = try #require(try await store.account("a"))
        #expect(known.passwordHash == "chosen" && known.oneTimeSecret == nil)
        // Whoever was signed in with the lost password is not any more.
        #expect(try await isOpen(store, "s1") == false)
        #expect(try await store.changeAccount("boss", .close, by: actor) == .lastAdmin)
    }
}
