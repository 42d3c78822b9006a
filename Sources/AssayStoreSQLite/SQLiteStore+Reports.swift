package import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// What a report is compared with: its device as the last one left it.
    private struct Sender {
        var row: Int64
        var isRevoked: Bool
        var head: ChainHead?
        var counts: Data?
        var standing: Standing?
        var isDirty: Bool
        var hasAnomalies: Bool

        /// Reads the device; nil when it is not enrolled.
        init?(_ id: ContentDigest, in db: Database) throws {
            // Outcomes are left out: the answer to a report does not show them, and they are JSON to decode.
            let query = try db.cachedStatement(
                sql: """
                    SELECT id, revoked_at, last_sequence, last_report, last_root, last_counts, former_root,
                        last_boot_id, former_boot_id, last_taken_at, last_received_at, generation, evaluated_generation,
                        evaluated_report, evaluated_at, verdict, critical, high, medium, low, applied_profile,
                        applied_record,
                        EXISTS (SELECT 1 FROM anomalies WHERE device = devices.id AND settled_at IS NULL) AS anomalies
                    FROM devices WHERE device_id = ?
                    """)
            // A row of the cursor finds its columns through the statement's index; a fetched one compares names.
            let cursor = try Row.fetchCursor(query, arguments: [id.stored])
            // The end of the cursor resets the statement, and the row reads from the statement.
            defer { withExtendedLifetime(cursor) {} }
            guard let row = try cursor.next() else { return nil }
            self.row = try row.value("id")
            isRevoked = try row.time("revoked_at") != nil
            head = try ChainHead(row: row)
            counts = try row.value("last_counts")
            standing = try Standing(row: row)
            hasAnomalies = try row.value("anomalies")
            isDirty = (try row.value("generation") as Int64) != (try row.value("evaluated_generation") as Int64)
        }
    }

    /// One report inside a transaction that holds others too.
    static func accept(
        _ report: ReportArrival, content: [ContentDigest]?, in db: Database
    ) throws -> Acceptance {
        guard let sender = try Sender(report.deviceID, in: db) else { return .unknownDevice }
        guard !sender.isRevoked else { return .revoked }
        if let head = sender.head, report.sequence <= head.sequence {
            let isKnown = try isAccepted(report, by: sender.row, head: head, in: db)
            guard isKnown else {
                try noteReuse(report, head: head, device: sender.row, in: db)
                return .replayed(lastSequence: head.sequence)
            }
            return .accepted(isNew: false, standing: sender.standing, needsEvaluation: sender.isDirty)
        }
        let isUnchanged = sender.head?.inventoryRoot == report.inventoryRoot
        if isUnchanged, let counts = sender.counts, counts != report.sectionCounts.stored { return .contradictory }
        if !isUnchanged {
            guard let content, try keep(content, of: sender.row, in: db) else { return .contentUnknown }
        }
        let anomalies = ChainAnomaly.find(in: report, after: sender.head)
        let settles =
            try sender.hasAnomalies
            && settlePassing(of: sender.row, seeing: anomalies, at: report.receivedAt, in: db)
        let touches = !isUnchanged || !anomalies.isEmpty || settles
        try insert(report, device: sender.row, in: db)
        try advance(sender.row, to: report, isUnchanged: isUnchanged, touches: touches, in: db)
        for anomaly in anomalies { try insert(anomaly, of: report, device: sender.row, in: db) }
        return .accepted(isNew: true, standing: sender.standing, needsEvaluation: sender.isDirty || touches)
    }

    private static func isAccepted(
        _ report: ReportArrival, by device: Int64, head: ChainHead, in db: Database
    ) throws -> Bool {
        if report.sequence == head.sequence { return report.digest == head.report }
        let known = try Data.fetchOne(
            db.cachedStatement(sql: "SELECT digest FROM reports WHERE device = ? AND sequence = ?"),
            arguments: [device, report.sequence])
        return known == report.digest.stored
    }

    private static func insert(_ report: ReportArrival, device: Int64, in db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO reports(device, sequence, digest, root, received_at, fresh, envelope)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            device, report.sequence, report.digest.stored, report.inventoryRoot.stored,
            report.receivedAt.milliseconds, report.isFresh, Data(report.envelope),
        ])
    }

    private static func advance(
        _ device: Int64, to report: ReportArrival, isUnchanged: Bool, touches: Bool, in db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE devices SET last_sequence = ?, last_report = ?,
                    former_root = CASE WHEN ? THEN former_root ELSE last_root END, last_root = ?,
                    last_counts = ?,
                    former_boot_id = CASE WHEN last_boot_id IS ? THEN former_boot_id ELSE last_boot_id END,
                    last_boot_id = ?, last_taken_at = ?, last_received_at = ?, generation = generation + ?
                WHERE id = ?
                """)
        try statement.execute(arguments: [
            report.sequence, report.digest.stored, isUnchanged, report.inventoryRoot.stored,
            report.sectionCounts.stored, report.bootID, report.bootID, report.takenAt?.milliseconds,
            report.receivedAt.milliseconds,
            touches ? 1 : 0, device,
        ])
        if !isUnchanged {
            // What waits for an earlier number waits in vain.
            try db.execute(
                sql: "DELETE FROM pending_reports WHERE device = ? AND sequence <= ?",
                arguments: [device, report.sequence])
        }
    }

    private static func insert(
        _ anomaly: ChainAnomaly, of report: ReportArrival, device: Int64, in db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO anomalies(device, kind, expected, observed, report, seen_at) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                device, anomaly.kind.rawValue, anomaly.expected, anomaly.observed, report.digest.stored,
                report.receivedAt.milliseconds,
            ])
    }

    /// A wrong clock is settled by a right one; the others stay until an operator has looked.
    private static func settlePassing(
        of device: Int64, seeing anomalies: [ChainAnomaly], at now: Timestamp, in db: Database
    ) throws -> Bool {
        let open = try String.fetchAll(
            db.cachedStatement(sql: "SELECT kind FROM anomalies WHERE device = ? AND settled_at IS NULL"),
            arguments: [device])
        let seen = Set(anomalies.map(\.kind.rawValue))
        let passing = Set(open).intersection(ChainAnomaly.Kind.passing.map(\.rawValue)).subtracting(seen)
        for kind in passing {
            try db.execute(
                sql: "UPDATE anomalies SET settled_at = ? WHERE device = ? AND kind = ? AND settled_at IS NULL",
                arguments: [now.milliseconds, device, kind])
        }
        return !passing.isEmpty
    }

    /// Notes once, for each such report, that a taken place was claimed again.
    private static func noteReuse(
        _ report: ReportArrival, head: ChainHead, device: Int64, in db: Database
    ) throws {
        let isNoted = try Bool.fetchOne(
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM anomalies WHERE device = ? AND kind = ? AND settled_at IS NULL)",
            arguments: [device, ChainAnomaly.Kind.sequenceReused.rawValue])
        guard isNoted != true else { return }
        let anomaly = ChainAnomaly(
            .sequenceReused, expected: "a sequence after \(head.sequence)",
            observed: "another report with sequence \(report.sequence)")
        try insert(anomaly, of: report, device: device, in: db)
        try db.execute(sql: "UPDATE devices SET generation = generation + 1 WHERE id = ?", arguments: [device])
    }

    /// Keeps a report that waits for content.
    package func keepPending(_ report: ReportArrival) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO pending_reports(device, digest, sequence, root, received_at, envelope)
                    SELECT id, ?, ?, ?, ?, ? FROM devices WHERE device_id = ?
                    """,
                arguments: [
                    report.digest.stored, report.sequence, report.inventoryRoot.stored,
                    report.receivedAt.milliseconds, Data(report.envelope), report.deviceID.stored,
                ])
        }
    }

    /// The report that waits under this digest.
    package func pendingReport(_ digest: ContentDigest, of device: ContentDigest) async throws -> StoredReport? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT p.* FROM pending_reports p JOIN devices d ON d.id = p.device
                    WHERE d.device_id = ? AND p.digest = ?
                    """, arguments: [device.stored, digest.stored]
            ).map { try StoredReport(row: $0) }
        }
    }

    /// The accepted report at a place of the chain.
    package func report(of device: ContentDigest, sequence: Int64) async throws -> StoredReport? {
        try await read { db in
            try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT r.* FROM reports r JOIN devices d ON d.id = r.device
                        WHERE d.device_id = ? AND r.sequence = ?
                        """), arguments: [device.stored, sequence]
            ).map { try StoredReport(row: $0) }
        }
    }

    /// The newest accepted report of a device with this inventory.
    package func report(of device: ContentDigest, inventoryRoot: ContentDigest) async throws -> StoredReport? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT r.* FROM reports r JOIN devices d ON d.id = r.device
                    WHERE d.device_id = ? AND r.root = ? ORDER BY r.sequence DESC LIMIT 1
                    """, arguments: [device.stored, inventoryRoot.stored]
            ).map { try StoredReport(row: $0) }
        }
    }
}

extension StoredReport {
    /// Reads a row of `reports` or `pending_reports`.
    init(row: Row) throws {
        try self.init(
            digest: row.digest("digest"), sequence: row.value("sequence"), inventoryRoot: row.digest("root"),
            receivedAt: row.requiredTime("received_at"), envelope: row.bytes("envelope"))
    }
}
