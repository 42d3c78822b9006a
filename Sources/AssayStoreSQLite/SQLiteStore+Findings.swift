internal import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    private static let bySeverity = CauseCounting.rank("f.severity") + ", f.id DESC"

    /// What a query asks of a row of `findings f` joined with `devices d`.
    static func conditions(
        _ query: FindingQuery
    ) -> (conditions: [String], arguments: [(any DatabaseValueConvertible)?]) {
        var (conditions, arguments) = findingConditions(query, of: "f")
        if let device = query.deviceID {
            conditions.append("d.device_id = ? AND f.scope = 'device'")
            arguments.append(device.stored)
        }
        for (column, value) in [("d.model_name", query.model), ("d.site", query.site)] {
            guard let value else { continue }
            conditions.append("\(column) = ?")
            arguments.append(value)
        }
        return (conditions, arguments)
    }

    /// What a query asks of a row of `findings`, under a name, whatever its device.
    static func findingConditions(
        _ query: FindingQuery, of table: String
    ) -> (conditions: [String], arguments: [(any DatabaseValueConvertible)?]) {
        var conditions: [String] = []
        var arguments: [(any DatabaseValueConvertible)?] = []
        if !query.includesResolved { conditions.append("\(table).resolved_at IS NULL") }
        if !query.includesInfo { conditions.append("\(table).severity <> 'info'") }
        for (column, value) in [("rule", query.rule), ("severity", query.severity), ("cause", query.cause)] {
            guard let value else { continue }
            conditions.append("\(table).\(column) = ?")
            arguments.append(value)
        }
        if !query.states.isEmpty {
            // The names are those of the cases, and no text of anybody else.
            let names = query.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
            conditions.append("\(table).state IN (\(names))")
        }
        if let text = query.text {
            conditions.append("(instr(lower(\(table).title), lower(?)) OR instr(\(table).rule, lower(?)))")
            arguments += [text, text]
        }
        return (conditions, arguments)
    }

    /// Findings in the order of the query.
    package func findings(_ query: FindingQuery, after cursor: Int64?, limit: Int) async throws -> (
        findings: [StoredFinding], next: Int64?
    ) {
        try await read { db in
            let rows = try Self.rows(of: query, after: cursor, limit: limit, in: db)
            let next = rows.count == limit ? try rows.last.map { try $0.value("id") as Int64 } : nil
            return (try rows.map { try StoredFinding(row: $0) }, next)
        }
    }

    /// The rows of a page of findings, read by the way that goes past fewest others.
    static func rows(of query: FindingQuery, after cursor: Int64?, limit: Int, in db: Database) throws -> [Row] {
        var (conditions, arguments) = Self.conditions(query)
        conditions.append("f.id < ?")
        arguments.append(cursor ?? .max)
        let path = try FindingPath(query, limit: limit, in: db)
        if path == .nowhere { return [] }
        let order = query.order == .severity ? Self.bySeverity : "f.id DESC"
        let sql = """
            SELECT f.*, d.device_id FROM \(path.tables(query))
            WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order) LIMIT ?
            """
        return try Row.fetchAll(
            db, sql: sql,
            arguments: StatementArguments(path.arguments(query, before: cursor, limit) + arguments + [limit]))
    }

    /// Findings whose id starts with `prefix`, at most two.
    package func findings(withPrefix prefix: String) async throws -> [StoredFinding] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT f.*, d.device_id FROM findings f JOIN devices d ON d.id = f.device
                    WHERE f.finding_id >= ? AND f.finding_id < ? || char(1114111) ORDER BY f.finding_id LIMIT 2
                    """, arguments: [prefix, prefix]
            ).map { try StoredFinding(row: $0) }
        }
    }

    /// Settles the anomalies of the chain behind a finding, and with them the finding.
    package func settleFinding(_ id: String, reason: String, by actor: Actor) async throws -> Bool {
        try await write { db in
            let query = "SELECT id, device, rule FROM findings WHERE finding_id = ? AND resolved_at IS NULL"
            guard let row = try Row.fetchOne(db, sql: query, arguments: [id]) else { return false }
            let rule: String = try row.value("rule")
            guard ChainAnomaly.Kind(rawValue: rule) != nil else { return false }
            let device: Int64 = try row.value("device")
            try db.execute(
                sql: "UPDATE anomalies SET settled_at = ? WHERE device = ? AND kind = ? AND settled_at IS NULL",
                arguments: [actor.at.milliseconds, device, rule])
            try db.execute(
                sql:
                    "UPDATE findings SET resolved_at = ?, resolution = ?, state = 'resolved', waiver = NULL WHERE id = ?",
                arguments: [actor.at.milliseconds, "\(actor.name): \(reason)", try row.value("id") as Int64])
            try Self.note(.resolved, try row.value("id"), reason, by: actor, in: db)
            try db.execute(sql: "UPDATE devices SET generation = generation + 1 WHERE id = ?", arguments: [device])
            try db.audit("finding/settle", id, reason, by: actor)
            return true
        }
    }
}

extension StoredFinding {
    /// Reads a row of `findings` joined with the device's id.
    init(row: Row) throws {
        let name: String = try row.value("state")
        guard let state = FindingState(rawValue: name) else { throw StoreFailure(.corrupt, "finding state \(name)") }
        let about: String = try row.value("scope")
        guard let scope = FindingScope(rawValue: about) else { throw StoreFailure(.corrupt, "finding scope \(about)") }
        try self.init(
            id: row.value("finding_id"), deviceID: row.digest("device_id"), cause: row.value("cause"),
            rule: row.value("rule"),
            severity: row.value("severity"), title: row.value("title"), content: row.bytes("content"),
            firstSeen: row.requiredTime("first_seen"), lastSeen: row.requiredTime("last_seen"),
            firstReport: row.digest("first_report"), lastReport: row.digest("last_report"),
            resolvedAt: row.time("resolved_at"), resolution: row.value("resolution"),
            state: state, waiver: row.value("waiver"), scope: scope, model: row.value("model"))
    }
}
