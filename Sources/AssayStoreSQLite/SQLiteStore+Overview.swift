package import AssayModel
internal import AssayReport
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// The largest groups of devices.
    package func deviceGroups(by dimension: FleetDimension, limit: Int) async throws -> [DeviceGroup] {
        try await read { db in
            let names = try Row.fetchAll(
                db,
                sql: """
                    SELECT name, devices FROM device_counts
                    WHERE dimension = ? AND verdict = '' ORDER BY devices DESC LIMIT ?
                    """, arguments: [dimension.rawValue, limit])
            return try names.map { row in
                let name: String = try row.value("name")
                return DeviceGroup(
                    name: name, devices: try row.value("devices"),
                    verdicts: try Self.verdicts(dimension.rawValue, name, in: db))
            }
        }
    }

    private static func verdicts(_ dimension: String, _ name: String, in db: Database) throws -> [String: Int] {
        try counts(
            db,
            """
            SELECT verdict AS name, devices AS n FROM device_counts
            WHERE dimension = ? AND name = ? AND verdict <> '' AND devices <> 0
            """, [dimension, name])
    }

    /// Figures for the metrics page.
    package func statistics() async throws -> StoreStatistics {
        try await read { db in
            let all = "SELECT devices FROM device_counts WHERE dimension = 'fleet' AND name = '' AND verdict = ''"
            let dirty = "SELECT count(*) FROM devices WHERE generation <> evaluated_generation"
            return StoreStatistics(
                devices: try Int.fetchOne(db, sql: all) ?? 0, dirtyDevices: try Int.fetchOne(db, sql: dirty) ?? 0,
                verdicts: try Self.verdicts("fleet", "", in: db),
                openFindings: try Self.openFindings(in: db, states: ["open", "acknowledged", "waived"]))
        }
    }

    private static func openFindings(in db: Database, states: [String]) throws -> [String: Int] {
        try counts(
            db,
            """
            SELECT severity AS name, sum(findings) AS n FROM finding_counts
            WHERE state IN (\(states.map { _ in "?" }.joined(separator: ", "))) GROUP BY 1 HAVING n <> 0
            """, StatementArguments(states))
    }

    private static func counts(
        _ db: Database, _ sql: String, _ arguments: StatementArguments
    ) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try Row.fetchAll(db, sql: sql, arguments: arguments) {
            counts[try row.value("name")] = try row.value("n")
        }
        return counts
    }

    /// Writes down how the fleet stands today.
    package func noteDay(of time: Timestamp) async throws {
        try await write { db in
            let verdicts = Data(try CanonicalJSON.encode(try Self.verdicts("fleet", "", in: db)))
            let findings = Data(
                try CanonicalJSON.encode(try Self.openFindings(in: db, states: ["open", "acknowledged"])))
            try db.execute(
                sql: """
                    INSERT INTO fleet_days(day, verdicts, findings) VALUES (?, ?, ?)
                    ON CONFLICT(day) DO UPDATE SET verdicts = excluded.verdicts, findings = excluded.findings
                    """, arguments: [String(time.description.prefix(10)), verdicts, findings])
        }
    }

    /// The last days that were written down.
    package func fleetDays(limit: Int) async throws -> [FleetDay] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM fleet_days ORDER BY day DESC LIMIT ?", arguments: [limit])
                .reversed().map { row in
                    FleetDay(
                        day: try row.value("day"), verdicts: try row.json("verdicts", as: [String: Int].self) ?? [:],
                        findings: try row.json("findings", as: [String: Int].self) ?? [:])
                }
        }
    }

    /// Devices of which nothing was heard.
    package func silentDevices(since time: Timestamp, limit: Int) async throws -> (devices: [Device], count: Int) {
        let silent = "revoked_at IS NULL AND coalesce(last_received_at, enrolled_at) < ?"
        return try await read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(Device.columns) FROM devices WHERE \(silent)
                    ORDER BY coalesce(last_received_at, enrolled_at) LIMIT ?
                    """, arguments: [time.milliseconds, limit])
            let count = "SELECT count(*) FROM devices WHERE \(silent)"
            return (
                try rows.map { try Device(row: $0) },
                try Int.fetchOne(db, sql: count, arguments: [time.milliseconds]) ?? 0
            )
        }
    }

    /// How many things changed.
    package func fleetChanges(since time: Timestamp) async throws -> FleetChanges {
        try await read { db in
            func count(_ sql: String, _ words: [String]) throws -> Int {
                try words.reduce(0) { sum, word in
                    sum + (try Int.fetchOne(db, sql: sql, arguments: [word, time.milliseconds]) ?? 0)
                }
            }
            let audited = "SELECT count(*) FROM audit WHERE action = ? AND at >= ?"
            let happened = "SELECT count(*) FROM finding_events WHERE event = ? AND at >= ?"
            let verdicts = "SELECT count(*) FROM verdict_changes WHERE before IS NOT NULL AND at >= ?"
            return FleetChanges(
                enrolled: try count(audited, ["device/enrol"]),
                verdicts: try Int.fetchOne(db, sql: verdicts, arguments: [time.milliseconds]) ?? 0,
                opened: try count(happened, ["opened", "reopened"]), resolved: try count(happened, ["resolved"]),
                imported: try count(audited, AuditEntry.imports))
        }
    }

    /// Verdicts that became others.
    package func verdictChanges(since time: Timestamp, limit: Int) async throws -> [VerdictChange] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT v.at, v.before, v.after, d.device_id, d.facts
                    FROM verdict_changes v CROSS JOIN devices d ON d.id = v.device
                    WHERE v.before IS NOT NULL AND v.at >= ? ORDER BY v.at DESC LIMIT ?
                    """, arguments: [time.milliseconds, limit]
            ).map { row in
                VerdictChange(
                    device: try row.digest("device_id"),
                    facts: try row.json("facts", as: DeviceFacts.self) ?? DeviceFacts(),
                    at: try row.requiredTime("at"), before: try row.verdict("before"), after: try row.verdict("after"))
            }
        }
    }

    /// What of some actions was done.
    package func audit(of actions: [String], since time: Timestamp, limit: Int) async throws -> [AuditEntry] {
        let marks = actions.map { _ in "?" }.joined(separator: ", ")
        let arguments = StatementArguments(actions) + [time.milliseconds, limit]
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM audit WHERE action IN (\(marks)) AND at >= ? ORDER BY at DESC, id DESC LIMIT ?",
                arguments: arguments
            ).map { try AuditEntry(row: $0) }
        }
    }

    /// How the database is.
    package func condition() async throws -> StoreCondition {
        try await read { db in
            let pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            let size = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            let path = try Row.fetchOne(db, sql: "PRAGMA database_list").map { try $0.value("file") as String? }
            let backup = "SELECT value FROM settings WHERE name = '\(Self.backupSetting)'"
            let time = try Data.fetchOne(db, sql: backup).flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
            return StoreCondition(
                size: pages.multipliedReportingOverflow(by: size).partialValue,
                free: path.flatMap { $0 }.flatMap(Self.free), backedUp: time.map { Timestamp(milliseconds: $0) })
        }
    }

    private static func free(at path: String) -> Int64? {
        var status = statvfs()
        guard !path.isEmpty, statvfs(path, &status) == 0 else { return nil }
        return Int64(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
    }
}

extension Row {
    /// A verdict that must be there.
    fileprivate func verdict(_ column: String) throws -> DeviceVerdict {
        let name: String = try value(column)
        guard let verdict = DeviceVerdict(rawValue: name) else { throw StoreFailure(.corrupt, "verdict \(name)") }
        return verdict
    }
}
