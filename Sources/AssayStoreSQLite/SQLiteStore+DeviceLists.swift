package import AssayModel
internal import AssayReport
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Devices in the order of the query: ids from the index of lists, then the rows of one page.
    package func devices(
        _ query: DeviceQuery, after cursor: DeviceCursor?, limit: Int
    ) async throws -> DeviceListPage {
        let key = ListKey(query.order)
        return try await read { db in
            var filter = ListFilter(query)
            var isCut = false
            if let search = query.search {
                let matches = try Self.matches(search, in: db)
                isCut = matches.isCut
                filter.add("id IN (SELECT value FROM json_each(?))", matches.json)
            }
            if let cursor { filter.add(key.after, key.values(of: cursor)) }
            filter.arguments.append(limit + 1)
            let sql = """
                SELECT id, \(key.expression) AS list_key FROM devices INDEXED BY devices_list
                \(filter.clause) ORDER BY \(key.order) LIMIT ?
                """
            let rows = try Row.fetchAll(db, sql: sql, arguments: StatementArguments(filter.arguments))
            let page = rows.prefix(limit)
            let devices = try page.compactMap { row in
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT * FROM devices WHERE id = ?"),
                    arguments: [try row.value("id") as Int64]
                ).map { try Device(row: $0) }
            }
            let next = rows.count > limit ? try page.last.map { try key.cursor(of: $0) } : nil
            return DeviceListPage(devices: devices, next: next, isCut: isCut)
        }
    }

    /// Row numbers of the devices that a search finds.
    private static func matches(
        _ search: DeviceQuery.Search, in db: Database
    ) throws -> (json: String, isCut: Bool) {
        var found: Set<Int64> = []
        var isCut = false
        let limit = DeviceSearchLimits.matches
        func take(_ sql: String, _ arguments: StatementArguments) throws {
            let ids = try Int64.fetchAll(db.cachedStatement(sql: sql + " LIMIT \(limit + 1)"), arguments: arguments)
            if ids.count > limit { isCut = true }
            found.formUnion(ids.prefix(limit))
        }
        let end = search.text + "\u{10ffff}"
        for column in ["search_serial", "search_model", "search_host", "search_site", "model_name"] {
            try take("SELECT id FROM devices WHERE \(column) BETWEEN ? AND ?", [search.text, end])
        }
        let digits = search.text.hasPrefix("sha256:") ? String(search.text.dropFirst(7)) : search.text
        if let range = IDRange(digits: digits) {
            try take("SELECT id FROM devices WHERE device_id BETWEEN ? AND ?", [range.first, range.last])
        }
        if !search.serial.isEmpty {
            try take(
                """
                SELECT s.device FROM identities i CROSS JOIN stays s INDEXED BY stays_lasting
                    ON s.identity = i.id AND s.left_at IS NULL
                WHERE i.serial BETWEEN ? AND ?
                """, [search.serial, search.serial + "\u{10ffff}"])
        }
        return ("[" + found.sorted().map(String.init).joined(separator: ",") + "]", isCut)
    }

    /// Models and sites, each found by one step in its index.
    package func deviceGroups(limit: Int) async throws -> (models: [String], sites: [String]) {
        try await read { db in
            (try Self.values(of: "model_name", limit: limit, in: db), try Self.values(of: "site", limit: limit, in: db))
        }
    }

    private static func values(of column: String, limit: Int, in db: Database) throws -> [String] {
        try String.fetchAll(
            db.cachedStatement(
                sql: """
                    WITH RECURSIVE steps(value) AS (
                        SELECT min(\(column)) FROM devices WHERE \(column) IS NOT NULL
                        UNION ALL
                        SELECT (SELECT min(\(column)) FROM devices WHERE \(column) > steps.value)
                        FROM steps WHERE steps.value IS NOT NULL
                    )
                    SELECT value FROM steps WHERE value IS NOT NULL LIMIT ?
                    """), arguments: [limit])
    }

    /// Accepted reports of a device, newest first.
    package func reports(
        of device: ContentDigest, before sequence: Int64?, limit: Int
    ) async throws -> [ReportSummary] {
        try await read { db in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT r.sequence, r.digest, r.root, r.received_at, r.fresh
                        FROM devices d CROSS JOIN reports r ON r.device = d.id
                        WHERE d.device_id = ? AND r.sequence < ? ORDER BY r.sequence DESC LIMIT ?
                        """), arguments: [device.stored, sequence ?? .max, limit]
            ).map { row in
                try ReportSummary(
                    sequence: row.value("sequence"), digest: row.digest("digest"), inventoryRoot: row.digest("root"),
                    receivedAt: row.requiredTime("received_at"), isFresh: row.value("fresh"))
            }
        }
    }
}

/// What a list of devices leaves out, as conditions on columns of `devices_list`.
private struct ListFilter {
    var conditions: [String] = []
    var arguments: [(any DatabaseValueConvertible)?] = []

    init(_ query: DeviceQuery) {
        switch query.verdict {
        case nil: break
        case .pending: conditions.append("verdict IS NULL")
        case .some(let verdict): add("verdict = ?", verdict.rawValue)
        }
        if let model = query.model { add("model_name = ?", model) }
        if let site = query.site { add("site = ?", site) }
        if let since = query.silentSince {
            // A device that was enrolled just now owes its first report for as long as any other.
            add(
                "(last_received_at < ? OR (last_received_at IS NULL AND enrolled_at < ?))", since.milliseconds,
                since.milliseconds)
            conditions.append("revoked_at IS NULL")
        }
    }

    var clause: String { conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") }

    mutating func add(_ condition: String, _ arguments: (any DatabaseValueConvertible)...) {
        add(condition, arguments)
    }

    mutating func add(_ condition: String, _ arguments: [any DatabaseValueConvertible]) {
        conditions.append(condition)
        self.arguments += arguments
    }
}

/// What a list is sorted by; among equals the device that was enrolled last comes first, in `model` the first.
private struct ListKey {
    let expression: String
    let order: String
    let after: String
    private let isText: Bool

    init(_ order: DeviceQuery.Order) {
        switch order {
        case .lastSeen:
            expression = "coalesce(last_received_at, -1)"
            // The index itself has this order, and null is the least.
            self.order = "last_received_at DESC, id DESC"
        case .verdict:
            expression = """
                CASE verdict WHEN 'fail' THEN 5 WHEN 'undetermined' THEN 4 WHEN 'unverified' THEN 3
                    WHEN 'pass-with-waivers' THEN 1 WHEN 'pass' THEN 0 ELSE 2 END
                """
            self.order = "list_key DESC, id DESC"
        case .findings:
            expression = """
                ((min(critical, 4095) << 36) + (min(high, 4095) << 24) + (min(medium, 4095) << 12) + min(low, 4095))
                """
            self.order = "list_key DESC, id DESC"
        case .model:
            // Devices that state no model come last.
            expression = "CASE WHEN model_name IS NULL THEN '1' ELSE '0' || model_name END"
            self.order = "list_key, id"
        }
        isText = order == .model
        after = "(\(expression), id) \(isText ? ">" : "<") (?, ?)"
    }

    /// The place of a row, to go on from.
    func cursor(of row: Row) throws -> DeviceCursor {
        let key = isText ? try row.value("list_key") as String : String(try row.value("list_key") as Int64)
        return DeviceCursor(row: try row.value("id"), key: key)
    }

    /// The values of a place.
    func values(of cursor: DeviceCursor) -> [any DatabaseValueConvertible] {
        if isText { return [cursor.key, cursor.row] }
        return [Int64(cursor.key) ?? .max, cursor.row]
    }
}
