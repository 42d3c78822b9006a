package import AssayModel
internal import AssayReport
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Makes every standing out of date when it was made by other rules.
    package func adoptRules(revision: String) async throws {
        try await write { db in
            let query = "SELECT CAST(value AS TEXT) FROM settings WHERE name = 'rules-revision'"
            guard try String.fetchOne(db, sql: query) != revision else { return }
            try db.execute(
                sql: """
                    INSERT INTO settings(name, value) VALUES ('rules-revision', ?)
                    ON CONFLICT(name) DO UPDATE SET value = excluded.value
                    """, arguments: [revision])
            try db.execute(sql: "UPDATE devices SET generation = generation + 1 WHERE last_report IS NOT NULL")
        }
    }

    /// Devices whose standing is out of date, in the order of their ids.
    package func dirtyDevices(after cursor: ContentDigest?, limit: Int) async throws -> [DirtyDevice] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM devices INDEXED BY devices_dirty
                    WHERE generation <> evaluated_generation AND last_report IS NOT NULL AND device_id > ?
                    ORDER BY device_id LIMIT ?
                    """, arguments: [cursor?.stored ?? Data(), limit]
            ).map { DirtyDevice(device: try Device(row: $0), generation: try $0.value("generation")) }
        }
    }

    /// What an evaluation of equal inputs gave.
    package func evaluation(_ key: ContentDigest) async throws -> [UInt8]? {
        let stored = try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT encoding, size, result FROM evaluations WHERE key = ?"),
                arguments: [key.stored]
            ).map { try Stored(encoding: $0.value("encoding"), size: $0.value("size"), data: $0.value("result")) }
        }
        return try stored?.decoded()
    }

    /// Remembers what an evaluation gave.
    package func keepEvaluation(_ result: [UInt8], for key: ContentDigest) async throws {
        let row = try Self.row(KeptEvaluation(result, for: key))
        try await write { try Self.keep(row, in: $0) }
    }

    private static func row(_ evaluation: KeptEvaluation) throws -> StatementArguments {
        let (encoding, data) = try Encoding.encode(evaluation.result)
        return [evaluation.key.stored, encoding.rawValue, evaluation.result.count, data]
    }

    private static func keep(_ row: StatementArguments, in db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO evaluations(key, encoding, size, result) VALUES (?, ?, ?, ?)"
        ).execute(arguments: row)
    }

    /// Writes standings and findings in one transaction.
    package func finish(_ evaluations: [DeviceEvaluation]) async throws {
        let encoded = try evaluations.map { evaluation in
            (
                evaluation, facts: Data(try CanonicalJSON.encode(evaluation.facts)),
                outcomes: Data(try CanonicalJSON.encode(evaluation.standing.outcomes)),
                kept: try evaluation.kept.map(Self.row)
            )
        }
        try await write { db in
            for (evaluation, facts, outcomes, kept) in encoded {
                for row in kept { try Self.keep(row, in: db) }
                try Self.write(evaluation, facts: facts, outcomes: outcomes, in: db)
            }
        }
    }

    private static func write(_ evaluation: DeviceEvaluation, facts: Data, outcomes: Data, in db: Database) throws {
        let query = try db.cachedStatement(sql: "SELECT id FROM devices WHERE device_id = ?")
        guard let device = try Int64.fetchOne(query, arguments: [evaluation.deviceID.stored]) else { return }
        try enter(evaluation, device: device, in: db)
        try nameModel(evaluation.facts.modelName, of: device, in: db)
        try review(evaluation, device: device, in: db)
        let standing = evaluation.standing
        let forms = SearchForms(evaluation.facts)
        try db.cachedStatement(
            sql: """
                UPDATE devices SET evaluated_generation = max(evaluated_generation, ?), evaluated_report = ?,
                    evaluated_at = ?, verdict = ?, critical = ?, high = ?, medium = ?, low = ?, outcomes = ?,
                    applied_profile = ?, applied_record = ?, facts = ?, model_name = ?,
                    search_serial = ?, search_model = ?, search_host = ? WHERE id = ?
                """
        ).execute(arguments: [
            evaluation.generation, standing.report.stored, standing.evaluatedAt.milliseconds,
            standing.verdict.rawValue, standing.findings.critical, standing.findings.high,
            standing.findings.medium, standing.findings.low, outcomes, standing.profileID,
            standing.recordID, facts, evaluation.facts.modelName, forms.serial, forms.model, forms.host, device,
        ])
    }

    /// Anomalies of a device's chain that nothing has settled.
    package func openAnomalies(of device: ContentDigest) async throws -> [StoredAnomaly] {
        try await read { try Self.openAnomalies(of: device, in: $0) }
    }

    private static func openAnomalies(of device: ContentDigest, in db: Database) throws -> [StoredAnomaly] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT a.* FROM anomalies a JOIN devices d ON d.id = a.device
                    WHERE d.device_id = ? AND a.settled_at IS NULL ORDER BY a.id
                    """), arguments: [device.stored]
        ).map { try StoredAnomaly(row: $0) }
    }

    /// What stands around a device's report.
    package func circumstances(
        of device: ContentDigest, model: String?, site: String?
    ) async throws -> DeviceCircumstances {
        try await read { db in
            DeviceCircumstances(
                anomalies: try Self.openAnomalies(of: device, in: db),
                matches: try Self.fleetMatches(of: device, in: db),
                waivers: try Self.waivers(for: device, model: model, site: site, in: db))
        }
    }
}

extension StoredAnomaly {
    /// Reads a row of `anomalies`.
    init(row: Row) throws {
        let name: String = try row.value("kind")
        guard let kind = ChainAnomaly.Kind(rawValue: name) else { throw StoreFailure(.corrupt, "anomaly \(name)") }
        try self.init(
            anomaly: ChainAnomaly(kind, expected: row.value("expected"), observed: row.value("observed")),
            report: row.digest("report"), seenAt: row.requiredTime("seen_at"))
    }
}
