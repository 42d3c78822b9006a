internal import AssayModel
package import AssayStore
internal import GRDB

extension SQLiteStore {
    private static let severities = ["critical", "high", "medium", "low", "info"]

    /// What a query asks of a row of counts under a name, joined with `causes c` or being it.
    static func countConditions(
        _ query: FindingQuery, of table: String
    ) -> (conditions: [String], arguments: [(any DatabaseValueConvertible)?]) {
        var conditions = ["\(table).devices > 0"]
        var arguments: [(any DatabaseValueConvertible)?] = []
        for (column, value) in [
            ("model", query.model), ("site", query.site), ("rule", query.rule), ("cause", query.cause),
        ] {
            guard let value else { continue }
            conditions.append("\(table).\(column) = ?")
            arguments.append(value)
        }
        if let severity = query.severity {
            conditions.append("\(table).rank = ?")
            arguments.append(severities.firstIndex(of: severity) ?? -1)
        }
        if !query.includesInfo { conditions.append("\(table).rank < 4") }
        if !query.states.isEmpty {
            let names = query.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
            conditions.append("\(table).state IN (\(names))")
        }
        if let text = query.text {
            conditions.append("(instr(lower(c.title), lower(?)) OR instr(c.rule, lower(?)))")
            arguments += [text, text]
        }
        return (conditions, arguments)
    }

    /// Causes over the fleet.
    package func causes(_ query: FindingQuery, after cursor: CauseCursor?, limit: Int) async throws -> (
        causes: [CauseCount], next: CauseCursor?
    ) {
        let (table, arguments) = Self.counted(query)
        var bound = arguments
        var after = ""
        if let cursor {
            after = "WHERE (x.rank, -x.devices, x.cause, x.rule) > (?, ?, ?, ?)"
            bound += [cursor.rank, 0 &- cursor.devices, cursor.cause, cursor.rule]
        }
        let sql = """
            SELECT y.cause, y.rule, y.rank, y.devices, c.title, c.first_seen, c.last_seen,
                (SELECT f.finding_id FROM findings f INDEXED BY findings_cause
                    WHERE f.cause = y.cause AND f.rule = y.rule AND (f.resolved_at IS NULL OR ?)
                    ORDER BY f.id LIMIT 1) AS example
            FROM (SELECT x.* FROM \(table) x \(after)
                ORDER BY x.rank, x.devices DESC, x.cause, x.rule LIMIT ?) y
            CROSS JOIN causes c ON c.cause = y.cause AND c.rule = y.rule
            ORDER BY y.rank, y.devices DESC, y.cause, y.rule
            """
        let values = StatementArguments([query.includesResolved] + bound + [limit])
        return try await read { db in
            let causes = try Row.fetchAll(db, sql: sql, arguments: values).map { row in
                (try CauseCount(row: row), try row.value("rank") as Int)
            }
            let next = causes.count == limit ? causes.last : nil
            return (
                causes.map(\.0),
                next.map { CauseCursor(rank: $1, devices: $0.devices, cause: $0.cause, rule: $0.rule) }
            )
        }
    }

    /// Where the causes of a query are counted: in the totals, in the counts, or one by one where those do not tell.
    private static func counted(
        _ query: FindingQuery
    ) -> (table: String, arguments: [(any DatabaseValueConvertible)?]) {
        if query.deviceID != nil || query.includesResolved {
            let (conditions, arguments) = Self.conditions(query)
            let filter = conditions.isEmpty ? "true" : conditions.joined(separator: " AND ")
            return (
                """
                (SELECT f.cause, f.rule, min(\(CauseCounting.rank("f.severity"))) AS rank,
                    count(DISTINCT f.device) AS devices
                FROM findings f JOIN devices d ON d.id = f.device WHERE \(filter) GROUP BY f.cause, f.rule)
                """, arguments
            )
        }
        let isSplit = [query.model, query.site, query.severity].contains { $0 != nil } || !query.states.isEmpty
        let (conditions, arguments) = countConditions(query, of: isSplit ? "n" : "c")
        let filter = conditions.joined(separator: " AND ")
        // Titles are compared once a cause, not once for each of its counts.
        let titles = "causes c CROSS JOIN cause_counts n ON n.cause = c.cause AND n.rule = c.rule"
        guard isSplit else {
            return (
                "(SELECT c.cause, c.rule, c.rank, c.devices FROM causes c WHERE \(filter))", arguments
            )
        }
        return (
            """
            (SELECT n.cause, n.rule, min(n.rank) AS rank, sum(n.devices) AS devices
            FROM \(query.text == nil ? "cause_counts n" : titles)
            WHERE \(filter) GROUP BY n.cause, n.rule)
            """, arguments
        )
    }

    /// The models and sites whose devices show a cause.
    package func subjects(
        ofCause cause: String, _ query: FindingQuery, limit: Int
    ) async throws -> [CauseSubject] {
        var query = query
        query.cause = cause
        let (conditions, arguments) = Self.countConditions(query, of: "n")
        let sql = """
            SELECT nullif(n.model, '') AS model, nullif(n.site, '') AS site, sum(n.devices) AS devices
            FROM cause_counts n JOIN causes c ON c.cause = n.cause AND c.rule = n.rule
            WHERE \(conditions.joined(separator: " AND ")) GROUP BY n.model, n.site
            ORDER BY devices DESC, n.model, n.site LIMIT ?
            """
        let bound = StatementArguments(arguments + [limit])
        return try await read { db in
            try Row.fetchAll(db, sql: sql, arguments: bound).map {
                CauseSubject(
                    model: try $0.value("model"), site: try $0.value("site"), devices: try $0.value("devices"))
            }
        }
    }

    /// Notes that somebody has looked at the open findings of a query.
    package func acknowledgeFindings(
        _ query: FindingQuery, note: String, limit: Int, by actor: Actor
    ) async throws -> Int {
        var open = query
        open.states = [.open]
        open.includesResolved = false
        let chosen = open
        return try await write { db in
            let rows = try Self.rows(of: chosen, after: nil, limit: limit, in: db)
            for row in rows {
                let number: Int64 = try row.value("id")
                try db.cachedStatement(sql: "UPDATE findings SET state = 'acknowledged' WHERE id = ?")
                    .execute(arguments: [number])
                try Self.note(.acknowledged, number, note, by: actor, in: db)
            }
            if !rows.isEmpty {
                let subject = query.cause ?? query.deviceID?.description ?? query.rule ?? "all"
                try db.audit("finding/acknowledge-all", subject, "\(rows.count) findings: \(note)", by: actor)
            }
            return rows.count
        }
    }
}

extension CauseCount {
    /// Reads a row of a list of causes.
    init(row: Row) throws {
        let severities = ["critical", "high", "medium", "low", "info"]
        let rank: Int = try row.value("rank")
        self.init(
            cause: try row.value("cause"), rule: try row.value("rule"),
            severity: severities.indices.contains(rank) ? severities[rank] : "info", title: try row.value("title"),
            devices: try row.value("devices"), firstSeen: try row.requiredTime("first_seen"),
            lastSeen: try row.requiredTime("last_seen"), example: try row.value("example"))
    }
}
