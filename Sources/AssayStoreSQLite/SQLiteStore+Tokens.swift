internal import AssayAccounts
internal import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Keeps a new join token.
    package func createToken(_ token: IssuedToken, by actor: Actor) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO join_tokens(id, secret_hash, created_at, expires_at, uses, profile_id)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    token.id, Data(token.secretHash), token.createdAt.milliseconds, token.expiresAt.milliseconds,
                    token.uses, token.profileID,
                ])
            try db.audit(
                "token/create", token.id, "uses \(token.uses), expires \(token.expiresAt)", by: actor)
        }
    }

    /// Join tokens, newest first.
    package func tokens() async throws -> [IssuedToken] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM join_tokens ORDER BY created_at DESC, id").map(IssuedToken.init)
        }
    }

    /// Withdraws a join token.
    package func revokeToken(_ id: String, by actor: Actor) async throws -> Bool {
        try await write { db in
            try db.execute(
                sql: "UPDATE join_tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [actor.at.milliseconds, id])
            guard db.changesCount == 1 else { return false }
            try db.audit("token/revoke", id, by: actor)
            return true
        }
    }

    /// Keeps a new operator token.
    package func createOperatorToken(_ token: OperatorToken, by actor: Actor) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO operator_tokens(id, secret_hash, name, permissions, created_at, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    token.id, Data(token.secretHash), token.name, Self.words(token.permissions),
                    token.createdAt.milliseconds, token.expiresAt?.milliseconds,
                ])
            let end = token.expiresAt.map { " until \($0)" } ?? ""
            try db.audit(
                "operator-token/create", token.id, "\(token.name): \(Self.words(token.permissions))\(end)", by: actor)
        }
    }

    private static func words(_ permissions: Set<Permission>) -> String {
        permissions.sorted().map(\.rawValue).joined(separator: " ")
    }

    /// One operator token.
    package func operatorToken(_ id: String) async throws -> OperatorToken? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM operator_tokens WHERE id = ?", arguments: [id])
                .map(OperatorToken.init)
        }
    }

    /// Operator tokens, newest first.
    package func operatorTokens() async throws -> [OperatorToken] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM operator_tokens ORDER BY created_at DESC, id")
                .map(OperatorToken.init)
        }
    }

    /// Withdraws an operator token.
    package func revokeOperatorToken(_ id: String, by actor: Actor) async throws -> Bool {
        try await write { db in
            try db.execute(
                sql: "UPDATE operator_tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [actor.at.milliseconds, id])
            guard db.changesCount > 0 else { return false }
            try db.audit("operator/revoke", id, "", by: actor)
            return true
        }
    }
}

extension IssuedToken {
    /// Reads a row of `join_tokens`.
    init(row: Row) throws {
        try self.init(
            id: row.value("id"), secretHash: row.bytes("secret_hash"), createdAt: row.requiredTime("created_at"),
            expiresAt: row.requiredTime("expires_at"), uses: row.value("uses"), used: row.value("used"),
            profileID: row.value("profile_id"), revokedAt: row.time("revoked_at"))
    }
}

extension OperatorToken {
    /// Reads a row of `operator_tokens`.
    init(row: Row) throws {
        try self.init(
            id: row.value("id"), secretHash: row.bytes("secret_hash"), name: row.value("name"),
            permissions: Self.permissions(row.value("permissions")), createdAt: row.requiredTime("created_at"),
            expiresAt: row.time("expires_at"), revokedAt: row.time("revoked_at"))
    }

    /// Tokens from before there were permissions may do everything, as they could.
    private static func permissions(_ text: String?) throws -> Set<Permission> {
        guard let text else { return Role.admin.permissions }
        return Set(
            try text.split(separator: " ").map { word in
                guard let permission = Permission(rawValue: String(word)) else {
                    throw StoreFailure(.corrupt, "permission \(word)")
                }
                return permission
            })
    }
}
