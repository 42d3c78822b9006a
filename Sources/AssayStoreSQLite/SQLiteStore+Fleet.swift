package import AssayModel
internal import AssayReport
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Keeps what of a device should occur once in the world; writes nothing when the set is the one that is kept.
    package func noteIdentities(
        _ identities: [FleetIdentity], of device: ContentDigest, at time: Timestamp
    ) async throws {
        let set = FleetIdentity.digest(of: identities).stored
        let query = "SELECT id, identity_set FROM devices WHERE device_id = ? AND revoked_at IS NULL"
        let isKnown = try await read { db in
            let row = try Row.fetchOne(db.cachedStatement(sql: query), arguments: [device.stored])
            return try row.map { (try $0.value("identity_set") as Data?) == set } ?? true
        }
        guard !isKnown else { return }
        try await write { db in
            guard let row = try Row.fetchOne(db.cachedStatement(sql: query), arguments: [device.stored]) else { return }
            try Self.replaceIdentities(of: try row.value("id"), with: identities, at: time, in: db)
            try db.execute(
                sql: "UPDATE devices SET identity_set = ? WHERE id = ?", arguments: [set, try row.value("id") as Int64])
        }
    }

    /// Ends the stays of what is gone, begins those of what came, and makes others out of date that show either.
    static func replaceIdentities(
        of device: Int64, with identities: [FleetIdentity], at time: Timestamp, in db: Database
    ) throws {
        var kept: [String: Int64] = [:]
        let held = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT i.id, i.kind, i.value FROM stays s CROSS JOIN identities i ON i.id = s.identity
                    WHERE s.device = ? AND s.left_at IS NULL
                    """), arguments: [device])
        for row in held {
            kept[(try row.value("kind") as String) + "\u{1f}" + (try row.value("value") as String)] = try row.value(
                "id")
        }
        for identity in identities where kept.removeValue(forKey: identity.key) == nil {
            try begin(identity, in: device, at: time, in: db)
        }
        for id in kept.values.sorted() { try end(id, in: device, at: time, in: db) }
    }

    private static func begin(
        _ identity: FleetIdentity, in device: Int64, at time: Timestamp, in db: Database
    ) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    INSERT INTO identities(kind, value, class, serial, label, holders, stays)
                    VALUES (?, ?, ?, ?, ?, 1, 1)
                    ON CONFLICT(kind, value) DO UPDATE SET holders = holders + 1, stays = stays + 1
                    RETURNING id, holders, stays
                    """),
            arguments: [
                identity.kind.rawValue, identity.value, identity.componentClass.rawValue, identity.serial,
                identity.label,
            ])
        guard let row else { throw StoreFailure(.corrupt, "identity \(identity.label)") }
        let id: Int64 = try row.value("id")
        try db.cachedStatement(sql: "INSERT INTO stays(identity, device, location, first_seen) VALUES (?, ?, ?, ?)")
            .execute(arguments: [id, device, identity.location, time.milliseconds])
        if try row.value("stays") as Int > 1 {
            try touchHolders(of: id, count: try row.value("holders"), but: device, in: db)
        }
    }

    private static func end(_ id: Int64, in device: Int64, at time: Timestamp, in db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE stays SET left_at = ? WHERE device = ? AND identity = ? AND left_at IS NULL"
        ).execute(arguments: [time.milliseconds, device, id])
        let holders = try Int.fetchOne(
            db.cachedStatement(sql: "UPDATE identities SET holders = holders - 1 WHERE id = ? RETURNING holders"),
            arguments: [id])
        try touchHolders(of: id, count: (holders ?? 0) + 1, but: device, in: db)
    }

    /// Makes other holders out of date, as long as they can all be named: one more among many changes no finding.
    private static func touchHolders(
        of identity: Int64, count: Int, but device: Int64, in db: Database
    ) throws {
        guard count > 1, count <= FleetLimits.others + 1 else { return }
        try db.cachedStatement(
            sql: """
                UPDATE devices SET generation = generation + (last_report IS NOT NULL) WHERE id IN (
                    SELECT device FROM stays INDEXED BY stays_lasting
                    WHERE identity = ? AND left_at IS NULL AND device <> ? LIMIT ?)
                """
        ).execute(arguments: [identity, device, FleetLimits.others])
    }

    /// What of a device's identities is known from elsewhere.
    package func fleetMatches(of device: ContentDigest) async throws -> [FleetMatch] {
        try await read { try Self.fleetMatches(of: device, in: $0) }
    }

    /// The same inside of a read.
    static func fleetMatches(of device: ContentDigest, in db: Database) throws -> [FleetMatch] {
        let query = try db.cachedStatement(sql: "SELECT id FROM devices WHERE device_id = ?")
        guard let number = try Int64.fetchOne(query, arguments: [device.stored]) else { return [] }
        let marks = try Self.marks(of: number, in: db)
        let known = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT i.*, s.location, s.first_seen, s.left_at
                    FROM stays s CROSS JOIN identities i ON i.id = s.identity
                    WHERE s.device = ? AND s.left_at IS NULL ORDER BY i.kind, i.value
                    """), arguments: [number])
        return try known.compactMap { row in
            let mark = marks[try row.value("id")]
            guard try row.value("stays") as Int > 1 || mark != nil else { return nil }
            let match = FleetMatch(
                identity: try FleetIdentity(row: row), own: try FleetStay(row: row, device: device),
                holders: try row.value("holders"),
                others: try Self.others(than: number, of: try row.value("id"), in: db), mark: mark)
            return match.others.isEmpty && mark == nil ? nil : match
        }
    }

    /// Other stays, those that last first.
    private static func others(than device: Int64, of identity: Int64, in db: Database) throws -> [FleetStay] {
        let lasting = """
            SELECT s.*, d.device_id FROM stays s INDEXED BY stays_lasting CROSS JOIN devices d ON d.id = s.device
            WHERE s.identity = ? AND s.left_at IS NULL AND s.device <> ? LIMIT ?
            """
        let ended = """
            SELECT s.*, d.device_id FROM stays s INDEXED BY stays_ended CROSS JOIN devices d ON d.id = s.device
            WHERE s.identity = ? AND s.left_at IS NOT NULL AND s.device <> ? ORDER BY s.left_at DESC LIMIT ?
            """
        return try [lasting, ended].flatMap { sql in
            try Row.fetchAll(
                db.cachedStatement(sql: sql), arguments: [identity, device, FleetLimits.others]
            ).map { try FleetStay(row: $0, device: try $0.digest("device_id")) }
        }
    }

    /// The word that counts for each of a device's identities, by the number of the identity.
    private static func marks(of device: Int64, in db: Database) throws -> [Int64: PartMark] {
        let hasMarks = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM part_marks)"), arguments: [])
        guard hasMarks == true else { return [:] }
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT i.id AS identity, m.* FROM stays s CROSS JOIN identities i ON i.id = s.identity
                        CROSS JOIN part_marks m ON m.serial = i.serial AND (m.class IS NULL OR m.class = i.class)
                    WHERE s.device = ? AND s.left_at IS NULL ORDER BY m.id
                    """), arguments: [device])
        var marks: [Int64: PartMark] = [:]
        for row in rows { marks[try row.value("identity")] = try PartMark(row: row) }
        return marks.filter { $0.value.status != .cleared }
    }

    /// Marks a part.
    package func markPart(_ mark: PartMark, by actor: Actor) async throws {
        try await write { db in
            try db.execute(
                sql: "INSERT INTO part_marks(serial, class, status, reason, actor, at) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    mark.serial, mark.componentClass?.rawValue, mark.status.rawValue, mark.reason, mark.actor,
                    mark.at.milliseconds,
                ])
            try db.execute(
                sql: """
                    UPDATE devices SET generation = generation + (last_report IS NOT NULL) WHERE id IN (
                        SELECT s.device FROM identities i CROSS JOIN stays s ON s.identity = i.id AND s.left_at IS NULL
                        WHERE i.serial = ? AND (? IS NULL OR i.class = ?))
                    """, arguments: [mark.serial, mark.componentClass?.rawValue, mark.componentClass?.rawValue])
            let subject = [mark.componentClass?.rawValue, mark.serial].compactMap(\.self).joined(separator: " ")
            try db.audit("part/\(mark.status.rawValue)", subject, mark.reason, by: actor)
        }
    }

    /// The marks that hold.
    package func partMarks() async throws -> [PartMark] {
        try await read { db in
            var newest: [String: PartMark] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT * FROM part_marks ORDER BY id") {
                let mark = try PartMark(row: row)
                newest[mark.serial + "\u{1f}" + (mark.componentClass?.rawValue ?? "")] = mark
            }
            return newest.values.filter { $0.status != .cleared }
                .sorted {
                    ($0.serial, $0.componentClass?.rawValue ?? "") < ($1.serial, $1.componentClass?.rawValue ?? "")
                }
        }
    }

    /// Where parts with a serial number are and were.
    package func stays(
        serial: String, limit: Int
    ) async throws -> [(identity: FleetIdentity, stay: FleetStay)] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT i.*, s.location, s.first_seen, s.left_at, d.device_id
                    FROM identities i CROSS JOIN stays s ON s.identity = i.id CROSS JOIN devices d ON d.id = s.device
                    WHERE i.serial = ? ORDER BY s.left_at IS NOT NULL, s.left_at DESC, s.first_seen LIMIT ?
                    """, arguments: [serial, limit]
            ).map { (try FleetIdentity(row: $0), try FleetStay(row: $0, device: try $0.digest("device_id"))) }
        }
    }
}

extension FleetIdentity {
    /// Reads a row of `identities` joined with one of `stays`.
    init(row: Row) throws {
        let name: String = try row.value("kind")
        guard let kind = Kind(rawValue: name) else { throw StoreFailure(.corrupt, "identity kind \(name)") }
        try self.init(
            kind, value: row.value("value"), componentClass: ComponentClass(rawValue: row.value("class")),
            serial: row.value("serial"),
            label: row.value("label"), location: row.value("location"))
    }
}

extension FleetStay {
    /// Reads a row of `stays`.
    init(row: Row, device: ContentDigest) throws {
        try self.init(
            device: device, location: row.value("location"), firstSeen: row.requiredTime("first_seen"),
            leftAt: row.time("left_at"))
    }
}

extension PartMark {
    /// Reads a row of `part_marks`.
    init(row: Row) throws {
        let name: String = try row.value("status")
        guard let status = Status(rawValue: name) else { throw StoreFailure(.corrupt, "mark \(name)") }
        try self.init(
            status, serial: row.value("serial"),
            componentClass: (row.value("class") as String?).map(ComponentClass.init(rawValue:)),
            reason: row.value("reason"),
            actor: row.value("actor"), at: row.requiredTime("at"))
    }
}
