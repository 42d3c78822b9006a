internal import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Enters what an evaluation found, and ends what it no longer found.
    static func enter(_ evaluation: DeviceEvaluation, device: Int64, in db: Database) throws {
        let time = evaluation.standing.evaluatedAt
        for finding in evaluation.findings { try enter(finding, device: device, at: time, in: db) }
        let holding = Set(evaluation.findings.map(\.id))
        let open = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT id, finding_id FROM findings WHERE device = ? AND resolved_at IS NULL AND scope = 'device'"
            ),
            arguments: [device])
        for row in open where !holding.contains(try row.value("finding_id")) {
            try resolve(try row.value("id"), "no longer so in report \(evaluation.standing.report)", at: time, in: db)
        }
    }

    /// Ends a finding by evidence.
    static func resolve(_ finding: Int64, _ resolution: String, at time: Timestamp, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE findings SET resolved_at = ?, resolution = ?, state = 'resolved', waiver = NULL WHERE id = ?
                """
        ).execute(arguments: [time.milliseconds, resolution, finding])
        try note(.resolved, finding, resolution, by: Actor("evidence", at: time), in: db)
    }

    /// Enters one finding.
    static func enter(
        _ finding: StoredFinding, device: Int64, at time: Timestamp, in db: Database
    ) throws {
        let query = try db.cachedStatement(sql: "SELECT id, state, waiver FROM findings WHERE finding_id = ?")
        let known = try Row.fetchOne(query, arguments: [finding.id])
        let before = try known.flatMap { FindingState(rawValue: try $0.value("state")) }
        let after: FindingState = finding.waiver != nil ? .waived : before == .acknowledged ? .acknowledged : .open
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO findings(finding_id, device, rule, severity, title, content, first_seen, last_seen,
                    first_report, last_report, cause, state, waiver, scope, model)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(finding_id) DO UPDATE SET severity = excluded.severity, title = excluded.title,
                    content = excluded.content, last_seen = excluded.last_seen, last_report = excluded.last_report,
                    cause = excluded.cause, state = excluded.state, waiver = excluded.waiver, device = excluded.device,
                    resolved_at = NULL, resolution = NULL
                RETURNING id
                """)
        let id = try Int64.fetchOne(
            statement,
            arguments: [
                finding.id, device, finding.rule, finding.severity, finding.title, Data(finding.content),
                finding.firstSeen.milliseconds, finding.lastSeen.milliseconds, finding.firstReport.stored,
                finding.lastReport.stored, finding.cause, after.rawValue, finding.waiver, finding.scope.rawValue,
                finding.model,
            ])
        guard let id else { throw StoreFailure(.corrupt, "finding \(finding.id)") }
        try noteChange(from: before, to: finding, id, seen: "in report \(finding.lastReport)", at: time, in: db)
    }

    private static func noteChange(
        from before: FindingState?, to finding: StoredFinding, _ id: Int64, seen: String, at time: Timestamp,
        in db: Database
    ) throws {
        let evidence = Actor("evidence", at: time)
        switch before {
        case nil: try note(.opened, id, seen, by: evidence, in: db)
        case .resolved: try note(.reopened, id, seen, by: evidence, in: db)
        case .waived where finding.waiver == nil:
            try note(.unwaived, id, "no waiver holds for it any more", by: evidence, in: db)
        default: break
        }
        if let waiver = finding.waiver, before != .waived {
            let query = "SELECT created_by FROM waivers WHERE id = ?"
            let name = try String.fetchOne(db, sql: query, arguments: [waiver]) ?? evidence.name
            try note(.waived, id, "waiver \(waiver)", by: Actor(name, at: time), in: db)
        }
    }

    /// Appends to the life of a finding.
    static func note(
        _ event: FindingEvent.Kind, _ finding: Int64, _ detail: String, by actor: Actor, in db: Database
    ) throws {
        try db.cachedStatement(
            sql: "INSERT INTO finding_events(finding, at, actor, event, detail) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [finding, actor.at.milliseconds, actor.name, event.rawValue, detail])
    }

    /// The life of a finding.
    package func findingHistory(_ id: String) async throws -> [FindingEvent] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT e.* FROM findings f JOIN finding_events e ON e.finding = f.id
                    WHERE f.finding_id = ? ORDER BY e.id
                    """, arguments: [id]
            ).map { row in
                let name: String = try row.value("event")
                guard let event = FindingEvent.Kind(rawValue: name) else {
                    throw StoreFailure(.corrupt, "finding event \(name)")
                }
                return FindingEvent(
                    at: try row.requiredTime("at"), actor: try row.value("actor"), event: event,
                    detail: try row.value("detail"))
            }
        }
    }

    /// Notes that somebody has looked at an open finding.
    package func acknowledgeFinding(_ id: String, note: String, by actor: Actor) async throws -> Bool {
        try await write { db in
            let query =
                "UPDATE findings SET state = 'acknowledged' WHERE finding_id = ? AND state = 'open' RETURNING id"
            guard let number = try Int64.fetchOne(db, sql: query, arguments: [id]) else { return false }
            try Self.note(.acknowledged, number, note, by: actor, in: db)
            try db.audit("finding/acknowledge", id, note, by: actor)
            return true
        }
    }
}
