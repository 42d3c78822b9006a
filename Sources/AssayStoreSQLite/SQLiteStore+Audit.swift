internal import AssayModel
package import AssayStore
internal import GRDB

extension SQLiteStore {
    /// The audit trail, newest entries first.
    package func audit(_ query: AuditQuery, after cursor: Int64?, limit: Int) async throws -> (
        entries: [AuditEntry], next: Int64?
    ) {
        var conditions = ["id < ?"]
        var arguments: [(any DatabaseValueConvertible)?] = [cursor ?? .max]
        for (column, value) in [("actor", query.actor), ("subject", query.subject)] {
            guard let value else { continue }
            conditions.append("\(column) = ?")
            arguments.append(value)
        }
        if let action = query.action {
            // A family is the range of what begins with its name.
            conditions.append(action.hasSuffix("/") ? "action >= ? AND action < ? || char(1114111)" : "action = ?")
            arguments += action.hasSuffix("/") ? [action, action] : [action]
        }
        let sql = "SELECT * FROM audit WHERE \(conditions.joined(separator: " AND ")) ORDER BY id DESC LIMIT ?"
        let bound = StatementArguments(arguments + [limit])
        return try await read { db in
            let rows = try Row.fetchAll(db, sql: sql, arguments: bound)
            let next = rows.count == limit ? try rows.last.map { try $0.value("id") as Int64 } : nil
            return (try rows.map { try AuditEntry(row: $0) }, next)
        }
    }
}

extension AuditEntry {
    /// Reads a row of `audit`.
    init(row: Row) throws {
        try self.init(
            at: row.requiredTime("at"), actor: row.value("actor"), action: row.value("action"),
            subject: row.value("subject"), detail: row.value("detail"))
    }
}
