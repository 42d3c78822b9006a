internal import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Keeps a result and its entry of the audit trail in one transaction.
    package func keepResult(_ result: UnitResult) async throws -> ResultAcceptance {
        try await write { db in
            let query = "SELECT id, revoked_at FROM devices WHERE device_id = ?"
            guard let device = try Row.fetchOne(db, sql: query, arguments: [result.signer.stored]) else {
                return .unknownDevice
            }
            guard try device.time("revoked_at") == nil else { return .revoked }
            try db.execute(
                sql: """
                    INSERT INTO results(
                        device, digest, unit, model, station, operator, verdict, taken_at, received_at, envelope)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(digest) DO NOTHING
                    """,
                arguments: [
                    device["id"] as Int64, result.digest.stored, result.unit, result.model, result.station,
                    result.operator, result.verdict.rawValue, result.takenAt.milliseconds,
                    result.receivedAt.milliseconds, Data(result.envelope),
                ])
            guard db.changesCount == 1 else { return .kept(isNew: false) }
            let words = ["unit \(result.unit)", result.station.map { "station \($0)" }, result.verdict.rawValue]
            try db.audit(
                "result/keep", result.digest.description, words.compactMap(\.self).joined(separator: ", "),
                by: Actor("device:\(result.signer)", at: result.receivedAt))
            return .kept(isNew: true)
        }
    }

    /// Results, newest first.
    package func results(_ query: ResultQuery, after cursor: Int64?, limit: Int) async throws -> (
        results: [UnitResult], next: Int64?
    ) {
        let (conditions, arguments) = Self.conditions(query)
        let bound = StatementArguments(arguments + [cursor ?? .max, limit])
        return try await read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT r.*, d.device_id FROM results r JOIN devices d ON d.id = r.device
                    WHERE \(conditions) AND r.id < ? ORDER BY r.id DESC LIMIT ?
                    """, arguments: bound)
            let next = rows.count == limit ? try rows.last.map { try $0.value("id") as Int64 } : nil
            return (try rows.map { try UnitResult(row: $0) }, next)
        }
    }

    /// Results whose digest starts with some hexadecimal digits, at most two: a range of the digests' own index.
    package func results(withPrefix hex: String) async throws -> [UnitResult] {
        let digits = hex.lowercased()
        func bound(_ digit: String) -> ContentDigest? {
            ContentDigest("sha256:" + digits + String(repeating: digit, count: max(0, 64 - digits.utf8.count)))
        }
        guard let first = bound("0"), let last = bound("f") else { return [] }
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT r.*, d.device_id FROM results r JOIN devices d ON d.id = r.device
                    WHERE r.digest BETWEEN ? AND ? ORDER BY r.digest LIMIT 2
                    """, arguments: [first.stored, last.stored]
            ).map { try UnitResult(row: $0) }
        }
    }

    /// Counts by station; a unit's first result is the one that was taken first.
    package func yields(_ query: ResultQuery) async throws -> [StationYield] {
        // Without the other verdicts there is nothing to count against.
        var query = query
        query.verdict = nil
        let (conditions, arguments) = Self.conditions(query)
        let bound = StatementArguments(arguments)
        // Left alone, SQLite walks all results ever in the order of the stations to save itself a sort of the few.
        let index = query.since != nil && query.station == nil && query.unit == nil ? "INDEXED BY results_taken" : ""
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT station, count(*) AS results, sum(verdict = 'pass') AS passed,
                        sum(verdict = 'fail') AS failed, sum(place = 1) AS units,
                        sum(place = 1 AND verdict = 'pass') AS first_passed
                    FROM (
                        SELECT r.station, r.verdict,
                            row_number() OVER (PARTITION BY r.station, r.unit ORDER BY r.taken_at, r.id) AS place
                        FROM results r \(index) WHERE \(conditions)
                    ) GROUP BY station ORDER BY station IS NULL, station
                    """, arguments: bound
            ).map { row in
                StationYield(
                    station: try row.value("station"), results: try row.value("results"),
                    passed: try row.value("passed"), failed: try row.value("failed"),
                    units: try row.value("units"), firstPassed: try row.value("first_passed"))
            }
        }
    }

    private static func conditions(_ query: ResultQuery) -> (sql: String, [(any DatabaseValueConvertible)?]) {
        var conditions = ["1"]
        var arguments: [(any DatabaseValueConvertible)?] = []
        func require(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments.append(value)
        }
        require("r.unit = ?", query.unit)
        require("r.station = ?", query.station)
        require("r.verdict = ?", query.verdict?.rawValue)
        require("r.taken_at >= ?", query.since?.milliseconds)
        return (conditions.joined(separator: " AND "), arguments)
    }
}

extension UnitResult {
    /// Reads a row of `results` joined with the signer's id.
    init(row: Row) throws {
        let name: String = try row.value("verdict")
        guard let verdict = Verdict(rawValue: name) else { throw StoreFailure(.corrupt, "verdict \(name)") }
        try self.init(
            digest: row.digest("digest"), signer: row.digest("device_id"), unit: row.value("unit"),
            model: row.value("model"), station: row.value("station"), operator: row.value("operator"), verdict: verdict,
            takenAt: row.requiredTime("taken_at"), receivedAt: row.requiredTime("received_at"),
            envelope: row.bytes("envelope"))
    }
}
