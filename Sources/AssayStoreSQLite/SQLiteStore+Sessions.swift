package import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Notes a sign-in that failed.
    package func noteFailedSignIn(
        _ id: String, by actor: Actor, lock: @escaping @Sendable (Int) -> Timestamp?
    ) async throws {
        try await write { db in
            let failures = try Int.fetchOne(
                db, sql: "UPDATE accounts SET failures = failures + 1 WHERE id = ? RETURNING failures", arguments: [id])
            guard let failures else { return }
            let lockedUntil = lock(failures)
            if let lockedUntil {
                try db.execute(
                    sql: "UPDATE accounts SET locked_until = ? WHERE id = ?",
                    arguments: [lockedUntil.milliseconds, id])
            }
            let detail = lockedUntil.map { "locked until \($0)" } ?? ""
            try db.audit("account/sign-in-failed", id, detail, by: actor)
        }
    }

    /// Begins a session.
    package func beginSession(_ session: Session, oneTimeStep: Int64?, by actor: Actor) async throws -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE accounts SET failures = 0, locked_until = NULL, last_sign_in = ?,
                        one_time_step = coalesce(?, one_time_step)
                    WHERE id = ? AND (? IS NULL OR one_time_step IS NULL OR one_time_step < ?)
                    """,
                arguments: [
                    session.createdAt.milliseconds, oneTimeStep, session.account, oneTimeStep, oneTimeStep,
                ])
            guard db.changesCount == 1 else { return false }
            try db.execute(
                sql: """
                    INSERT INTO sessions(secret_hash, account, created_at, used_at, expires_at, origin)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    Data(session.secretHash), session.account, session.createdAt.milliseconds,
                    session.usedAt.milliseconds, session.expiresAt.milliseconds, session.origin,
                ])
            try db.audit("account/sign-in", session.account, session.origin, by: actor)
            return true
        }
    }

    /// A session that has not ended, with its account.
    package func session(
        _ secretHash: [UInt8], at time: Timestamp, idle: Duration
    ) async throws -> (Session, Account)? {
        let latest = time.adding(.zero - idle)
        let found = try await read { db -> (Session, Account)? in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM sessions WHERE secret_hash = ? AND expires_at > ? AND used_at > ?",
                    arguments: [Data(secretHash), time.milliseconds, latest.milliseconds])
            else { return nil }
            let session = try Session(row: row)
            guard
                let account = try Row.fetchOne(
                    db, sql: "SELECT * FROM accounts WHERE id = ?", arguments: [session.account]
                ).map({ try Account(row: $0) }), account.isOpen(at: time)
            else { return nil }
            return (session, account)
        }
        // One write a minute and person: reading a page must not cost a sync to disk.
        if let session = found?.0, time.milliseconds - session.usedAt.milliseconds > 60_000 {
            try await write { db in
                try db.execute(
                    sql: "UPDATE sessions SET used_at = max(used_at, ?) WHERE secret_hash = ?",
                    arguments: [time.milliseconds, Data(secretHash)])
            }
        }
        return found
    }

    /// Sessions of an account that have not ended.
    package func sessions(of account: String, at time: Timestamp) async throws -> [Session] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM sessions WHERE account = ? AND expires_at > ? ORDER BY used_at DESC",
                arguments: [account, time.milliseconds]
            ).map { try Session(row: $0) }
        }
    }

    /// Ends a session.
    package func endSession(_ secretHash: [UInt8], by actor: Actor) async throws -> Bool {
        try await write { db in
            let account = try String.fetchOne(
                db, sql: "DELETE FROM sessions WHERE secret_hash = ? RETURNING account", arguments: [Data(secretHash)])
            guard let account else { return false }
            try db.audit("account/sign-out", account, by: actor)
            return true
        }
    }

    /// Ends all sessions of an account but one.
    package func endSessions(
        of account: String, except secretHash: [UInt8]?, by actor: Actor
    ) async throws -> Int {
        try await write { db in
            try Self.endSessions(of: account, except: secretHash, in: db)
            let count = db.changesCount
            if count > 0 { try db.audit("account/sign-out-others", account, "\(count) sessions", by: actor) }
            return count
        }
    }

    static func endSessions(of account: String, except secretHash: [UInt8]?, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM sessions WHERE account = ? AND secret_hash IS NOT ?",
            arguments: [account, secretHash.map { Data($0) }])
    }

    /// Forgets sessions and invitations that ended before `time`.
    package func dropEndedSessions(before time: Timestamp, idle: Duration) async throws -> Int {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM sessions WHERE expires_at < ? OR used_at < ?",
                arguments: [time.milliseconds, time.adding(.zero - idle).milliseconds])
            let count = db.changesCount
            try db.execute(
                sql: "DELETE FROM invitations WHERE expires_at < ? OR ended_at < ?",
                arguments: [time.milliseconds, time.milliseconds])
            return count + db.changesCount
        }
    }
}

extension Session {
    /// Reads a row of `sessions`.
    init(row: Row) throws {
        try self.init(
            secretHash: row.bytes("secret_hash"), account: row.value("account"),
            createdAt: row.requiredTime("created_at"), usedAt: row.requiredTime("used_at"),
            expiresAt: row.requiredTime("expires_at"), origin: row.value("origin"))
    }
}
