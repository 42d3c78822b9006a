internal import AssayAccounts
package import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Accounts in the order of their names.
    package func accounts() async throws -> [Account] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM accounts ORDER BY name").map { try Account(row: $0) }
        }
    }

    /// One account.
    package func account(_ id: String) async throws -> Account? { try await account(where: "id", is: id) }

    /// The account under a name.
    package func account(named name: String) async throws -> Account? { try await account(where: "name", is: name) }

    /// The account of a subject at an identity provider.
    package func account(subject: String) async throws -> Account? {
        try await account(where: "subject", is: subject)
    }

    private func account(where column: String, is value: String) async throws -> Account? {
        try await read { try Self.account(where: column, is: value, in: $0) }
    }

    private static func account(where column: String, is value: String, in db: Database) throws -> Account? {
        try Row.fetchOne(db, sql: "SELECT * FROM accounts WHERE \(column) = ?", arguments: [value])
            .map { try Account(row: $0) }
    }

    /// Keeps a new account.
    package func createAccount(_ account: Account, by actor: Actor) async throws -> Bool {
        try await write { try Self.insert(account, by: actor, in: $0) }
    }

    private static func insert(_ account: Account, by actor: Actor, in db: Database) throws -> Bool {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO accounts(id, name, role, password_hash, subject, created_at, access_ends)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                account.id, account.name, account.role.rawValue, account.passwordHash, account.subject,
                account.createdAt.milliseconds, account.accessEnds?.milliseconds,
            ])
        guard db.changesCount == 1 else { return false }
        try db.audit("account/create", account.id, words(account.name, account.role, account.accessEnds), by: actor)
        return true
    }

    private static func words(_ name: String, _ role: Role, _ ends: Timestamp?) -> String {
        "\(name), \(role.rawValue)" + (ends.map { " until \($0)" } ?? "")
    }

    /// Changes an account.
    package func changeAccount(
        _ id: String, _ change: AccountChange, by actor: Actor
    ) async throws -> AccountOutcome {
        try await write { db in
            guard let account = try Self.account(where: "id", is: id, in: db) else { return .unknown }
            if Self.takesAdministration(change, from: account), try !Self.hasOtherAdmin(than: id, at: actor.at, in: db)
            {
                return .lastAdmin
            }
            switch change {
            case .role(let role, let ends):
                try db.execute(
                    sql: "UPDATE accounts SET role = ?, access_ends = ? WHERE id = ?",
                    arguments: [role.rawValue, ends?.milliseconds, id])
                try db.audit("account/role", id, Self.words(account.name, role, ends), by: actor)
            case .password(let hash):
                try db.execute(
                    sql: "UPDATE accounts SET password_hash = ?, failures = 0, locked_until = NULL WHERE id = ?",
                    arguments: [hash, id])
                try db.audit("account/password", id, account.name, by: actor)
            case .oneTimePassword(let secret, let step):
                try db.execute(
                    sql: "UPDATE accounts SET one_time_secret = ?, one_time_step = ? WHERE id = ?",
                    arguments: [secret.map { Data($0) }, step, id])
                try db.audit(
                    "account/second-factor", id, "\(account.name), \(secret == nil ? "off" : "on")", by: actor)
            case .close:
                try db.execute(
                    sql: "UPDATE accounts SET closed_at = coalesce(closed_at, ?) WHERE id = ?",
                    arguments: [actor.at.milliseconds, id])
                try Self.endSessions(of: id, except: nil, in: db)
                try db.audit("account/close", id, account.name, by: actor)
            case .reopen:
                try db.execute(
                    sql: "UPDATE accounts SET closed_at = NULL, failures = 0, locked_until = NULL WHERE id = ?",
                    arguments: [id])
                try db.audit("account/reopen", id, account.name, by: actor)
            }
            return .changed
        }
    }

    private static func takesAdministration(_ change: AccountChange, from account: Account) -> Bool {
        guard account.role == .admin, account.closedAt == nil else { return false }
        return switch change {
        case .role(let role, let ends): role != .admin || ends != nil
        case .close: true
        case .password, .oneTimePassword, .reopen: false
        }
    }

    private static func hasOtherAdmin(than id: String, at time: Timestamp, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM accounts WHERE role = 'admin' AND id <> ? AND closed_at IS NULL
                    AND coalesce(password_hash, subject) IS NOT NULL AND (access_ends IS NULL OR access_ends > ?))
                """, arguments: [id, time.milliseconds]) ?? false
    }
}

// MARK: Invitations

extension SQLiteStore {
    /// Keeps an invitation; one for the same account before it ends.
    package func createInvitation(_ invitation: Invitation, by actor: Actor) async throws {
        try await write { db in
            try db.execute(
                sql: "UPDATE invitations SET ended_at = ? WHERE account IS ? AND ended_at IS NULL",
                arguments: [actor.at.milliseconds, invitation.account])
            try db.execute(
                sql: "INSERT INTO invitations(secret_hash, account, created_at, expires_at) VALUES (?, ?, ?, ?)",
                arguments: [
                    Data(invitation.secretHash), invitation.account, invitation.createdAt.milliseconds,
                    invitation.expiresAt.milliseconds,
                ])
            try db.audit(
                "account/invite", invitation.account ?? "first account", "until \(invitation.expiresAt)", by: actor)
        }
    }

    /// An invitation that can still be used.
    package func invitation(_ secretHash: [UInt8], at time: Timestamp) async throws -> Invitation? {
        try await read { try Self.invitation(secretHash, at: time, in: $0) }
    }

    private static func invitation(
        _ secretHash: [UInt8], at time: Timestamp, in db: Database
    ) throws -> Invitation? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM invitations WHERE secret_hash = ? AND ended_at IS NULL AND expires_at > ?",
            arguments: [Data(secretHash), time.milliseconds]
        ).map { try Invitation(row: $0) }
    }

    /// Uses an invitation, once.
    package func accept(_ invitation: [UInt8], as account: Account, by actor: Actor) async throws -> Bool {
        try await write { db in
            guard let known = try Self.invitation(invitation, at: actor.at, in: db) else { return false }
            if let id = known.account {
                try db.execute(
                    sql: """
                        UPDATE accounts SET password_hash = ?, one_time_secret = NULL, one_time_step = NULL, failures = 0,
                            locked_until = NULL WHERE id = ? AND closed_at IS NULL
                        """, arguments: [account.passwordHash, id])
                guard db.changesCount == 1 else { return false }
                try Self.endSessions(of: id, except: nil, in: db)
                try db.audit("account/accept", id, "invitation used", by: actor)
            } else {
                guard try Int.fetchOne(db, sql: "SELECT count(*) FROM accounts") == 0,
                    try Self.insert(account, by: actor, in: db)
                else { return false }
            }
            try db.execute(
                sql: "UPDATE invitations SET ended_at = ? WHERE secret_hash = ?",
                arguments: [actor.at.milliseconds, Data(invitation)])
            return true
        }
    }
}

extension Account {
    /// Reads a row of `accounts`.
    init(row: Row) throws {
        let name: String = try row.value("role")
        guard let role = Role(rawValue: name) else { throw StoreFailure(.corrupt, "role \(name)") }
        try self.init(
            id: row.value("id"), name: row.value("name"), role: role, passwordHash: row.value("password_hash"),
            oneTimeSecret: (row.value("one_time_secret") as Data?).map { [UInt8]($0) },
            oneTimeStep: row.value("one_time_step"), subject: row.value("subject"),
            createdAt: row.requiredTime("created_at"), accessEnds: row.time("access_ends"),
            closedAt: row.time("closed_at"), lastSignIn: row.time("last_sign_in"), failures: row.value("failures"),
            lockedUntil: row.time("locked_until"))
    }
}

extension Invitation {
    /// Reads a row of `invitations`.
    init(row: Row) throws {
        try self.init(
            secretHash: row.bytes("secret_hash"), account: row.value("account"),
            createdAt: row.requiredTime("created_at"), expiresAt: row.requiredTime("expires_at"),
            endedAt: row.time("ended_at"))
    }
}
