package import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Keeps a waiver.
    package func waive(_ waiver: Waiver, by actor: Actor) async throws {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO waivers(id, cause, rule, scope, subject, owner, reason, expires_at, created_at,
                        created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    waiver.id, waiver.cause, waiver.rule, waiver.scope.rawValue, waiver.subject, waiver.owner,
                    waiver.reason, waiver.expiresAt.milliseconds, waiver.createdAt.milliseconds, waiver.createdBy,
                ])
            try db.execute(
                sql: """
                    UPDATE devices SET generation = generation + 1
                    WHERE id IN (SELECT device FROM findings WHERE cause = ? AND resolved_at IS NULL)
                    """, arguments: [waiver.cause])
            try db.audit(
                "finding/waive", waiver.id,
                "cause \(waiver.cause), \(waiver.scope.rawValue) \(waiver.subject), owner \(waiver.owner), until "
                    + "\(waiver.expiresAt): \(waiver.reason)", by: actor)
        }
    }

    /// Takes a waiver back.
    package func endWaiver(_ id: String, reason: String, by actor: Actor) async throws -> Bool {
        try await write { db in
            guard try Self.end(waiver: id, at: actor.at, in: db) else { return false }
            try db.audit("finding/unwaive", id, reason, by: actor)
            return true
        }
    }

    /// Ends the waivers whose day has come.
    package func endExpiredWaivers(at time: Timestamp) async throws -> Int {
        let query = "SELECT id FROM waivers WHERE ended_at IS NULL AND expires_at <= ? ORDER BY id"
        let due = try await read { db in try String.fetchAll(db, sql: query, arguments: [time.milliseconds]) }
        guard !due.isEmpty else { return 0 }
        return try await write { db in
            var ended = 0
            for id in due where try Self.end(waiver: id, at: time, in: db) {
                ended += 1
                try db.audit("finding/waiver-expired", id, by: Actor("collector", at: time))
            }
            return ended
        }
    }

    private static func end(waiver id: String, at time: Timestamp, in db: Database) throws -> Bool {
        try db.execute(
            sql: "UPDATE waivers SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
            arguments: [time.milliseconds, id])
        guard db.changesCount == 1 else { return false }
        try db.execute(
            sql: """
                UPDATE devices SET generation = generation + 1
                WHERE id IN (SELECT device FROM findings WHERE waiver = ?)
                """, arguments: [id])
        return true
    }

    /// Waivers, newest first.
    package func waivers(includesEnded: Bool, limit: Int) async throws -> [Waiver] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM waivers WHERE ? OR ended_at IS NULL ORDER BY created_at DESC, id LIMIT ?
                    """, arguments: [includesEnded, limit]
            ).map { try Waiver(row: $0) }
        }
    }

    /// The waivers that hold for a device.
    package func waivers(for device: ContentDigest, model: String?, site: String?) async throws -> [Waiver] {
        try await read { try Self.waivers(for: device, model: model, site: site, in: $0) }
    }

    /// The same inside of a read.
    static func waivers(
        for device: ContentDigest, model: String?, site: String?, in db: Database
    ) throws -> [Waiver] {
        let subjects: [(Waiver.Scope, String)] =
            [(.unit, device.description)] + (model.map { [(.model, $0)] } ?? []) + (site.map { [(.site, $0)] } ?? [])
        return try subjects.flatMap { scope, subject in
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT * FROM waivers WHERE scope = ? AND subject = ? AND ended_at IS NULL
                        ORDER BY created_at, id
                        """), arguments: [scope.rawValue, subject]
            ).map { try Waiver(row: $0) }
        }
    }

    /// Enters where a device is.
    package func assignSite(_ site: String?, to device: ContentDigest, by actor: Actor) async throws -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE devices SET site = ?, search_site = ?, generation = generation + (last_report IS NOT NULL)
                    WHERE device_id = ?
                    """, arguments: [site, site.map(DeviceFacts.searchForm), device.stored])
            guard db.changesCount == 1 else { return false }
            try db.audit("device/assign-site", device.description, site ?? "none", by: actor)
            return true
        }
    }
}

extension Waiver {
    /// Reads a row of `waivers`.
    init(row: Row) throws {
        let name: String = try row.value("scope")
        guard let scope = Scope(rawValue: name) else { throw StoreFailure(.corrupt, "waiver scope \(name)") }
        try self.init(
            id: row.value("id"), cause: row.value("cause"), rule: row.value("rule"), scope: scope,
            subject: row.value("subject"),
            owner: row.value("owner"), reason: row.value("reason"), expiresAt: row.requiredTime("expires_at"),
            createdAt: row.requiredTime("created_at"), createdBy: row.value("created_by"), endedAt: row.time("ended_at")
        )
    }
}
