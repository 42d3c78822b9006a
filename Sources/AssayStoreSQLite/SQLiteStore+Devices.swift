package import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Checks the token and lets the device in, in one transaction.
    package func enrol(_ enrolment: Enrolment) async throws -> EnrolmentOutcome {
        let facts = Data(try CanonicalJSON.encode(enrolment.facts))
        return try await write { db in
            let query = "SELECT * FROM join_tokens WHERE id = ?"
            guard let row = try Row.fetchOne(db, sql: query, arguments: [enrolment.tokenID]) else {
                return .tokenInvalid
            }
            let token = try IssuedToken(row: row)
            guard token.secretHash == enrolment.secretHash, token.revokedAt == nil else { return .tokenInvalid }
            guard token.expiresAt > enrolment.at else { return .tokenExpired }
            let known = try Row.fetchOne(
                db, sql: "SELECT * FROM devices WHERE device_id = ?", arguments: [enrolment.deviceID.stored])
            if let known, try known.time("revoked_at") != nil { return .revoked }
            let hasUsed = try Self.hasUsed(enrolment, in: db)
            if !hasUsed {
                guard token.used < token.uses else { return .tokenUsed }
                try Self.countUse(of: enrolment, in: db)
            }
            if known == nil {
                try Self.insert(enrolment, profile: token.profileID, facts: facts, in: db)
            } else {
                try Self.update(enrolment, profile: token.profileID, facts: facts, in: db)
            }
            let actor = Actor("device:\(enrolment.deviceID)", at: enrolment.at)
            try db.audit(
                known == nil ? "device/enrol" : "device/enrol-again", enrolment.deviceID.description,
                "token \(enrolment.tokenID)", by: actor)
            return .enrolled(isNew: known == nil)
        }
    }

    private static func hasUsed(_ enrolment: Enrolment, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM token_uses WHERE token_id = ? AND device_id = ?)",
            arguments: [enrolment.tokenID, enrolment.deviceID.stored]) ?? false
    }

    private static func countUse(of enrolment: Enrolment, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO token_uses(token_id, device_id) VALUES (?, ?)",
            arguments: [enrolment.tokenID, enrolment.deviceID.stored])
        try db.execute(sql: "UPDATE join_tokens SET used = used + 1 WHERE id = ?", arguments: [enrolment.tokenID])
    }

    private static func insert(
        _ enrolment: Enrolment, profile: String?, facts: Data, in db: Database
    ) throws {
        let forms = SearchForms(enrolment.facts)
        try db.execute(
            sql: """
                INSERT INTO devices(device_id, public_key, enrolled_at, token_id, profile_id, certificate_expiry, facts,
                    model_name, search_serial, search_model, search_host)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                enrolment.deviceID.stored, Data(enrolment.publicKey), enrolment.at.milliseconds, enrolment.tokenID,
                profile, enrolment.certificateExpiry.milliseconds, facts,
                enrolment.facts.modelName, forms.serial, forms.model, forms.host,
            ])
    }

    private static func update(
        _ enrolment: Enrolment, profile: String?, facts: Data, in db: Database
    ) throws {
        let forms = SearchForms(enrolment.facts)
        try db.execute(
            sql: """
                UPDATE devices SET token_id = ?, profile_id = coalesce(?, profile_id), certificate_expiry = ?,
                    facts = ?, model_name = ?, search_serial = ?, search_model = ?, search_host = ?,
                    generation = generation + (last_report IS NOT NULL) WHERE device_id = ?
                """,
            arguments: [
                enrolment.tokenID, profile, enrolment.certificateExpiry.milliseconds, facts,
                enrolment.facts.modelName, forms.serial, forms.model, forms.host,
                enrolment.deviceID.stored,
            ])
    }

    /// Notes the end of validity of the next certificate.
    package func renewCertificate(
        of device: ContentDigest, expiry: Timestamp, by actor: Actor
    ) async throws -> Bool {
        try await write { db in
            try db.execute(
                sql: "UPDATE devices SET certificate_expiry = ? WHERE device_id = ? AND revoked_at IS NULL",
                arguments: [expiry.milliseconds, device.stored])
            guard db.changesCount == 1 else { return false }
            try db.audit("device/renew", device.description, "valid until \(expiry)", by: actor)
            return true
        }
    }

    /// One device.
    package func device(_ id: ContentDigest) async throws -> Device? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM devices WHERE device_id = ?", arguments: [id.stored])
                .map { try Device(row: $0) }
        }
    }

    /// Devices in the order of their ids.
    package func devices(after cursor: ContentDigest?, limit: Int) async throws -> [Device] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM devices WHERE device_id > ? ORDER BY device_id LIMIT ?",
                arguments: [cursor?.stored ?? Data(), limit]
            ).map { try Device(row: $0) }
        }
    }

    /// Devices whose id starts with some hexadecimal digits, at most two.
    package func devices(withPrefix hex: String) async throws -> [Device] {
        guard let range = IDRange(digits: hex) else { return [] }
        return try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM devices WHERE device_id BETWEEN ? AND ? ORDER BY device_id LIMIT 2",
                arguments: [range.first, range.last]
            ).map { try Device(row: $0) }
        }
    }

    /// Withdraws trust.
    package func revokeDevice(_ id: ContentDigest, by actor: Actor) async throws -> Bool {
        try await write { db in
            try db.execute(
                sql: "UPDATE devices SET revoked_at = coalesce(revoked_at, ?) WHERE device_id = ?",
                arguments: [actor.at.milliseconds, id.stored])
            guard db.changesCount == 1 else { return false }
            let query = "SELECT id FROM devices WHERE device_id = ?"
            if let number = try Int64.fetchOne(db, sql: query, arguments: [id.stored]) {
                // What a revoked device showed may be shown by another from now on.
                try Self.replaceIdentities(of: number, with: [], at: actor.at, in: db)
                try Self.leavePopulations(device: number, in: db)
            }
            try db.audit("device/revoke", id.description, by: actor)
            return true
        }
    }

    /// Assigns a hardware profile, or none.
    package func assignProfile(
        _ profileID: String?, to device: ContentDigest, by actor: Actor
    ) async throws -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE devices SET profile_id = ?, generation = generation + (last_report IS NOT NULL)
                    WHERE device_id = ?
                    """, arguments: [profileID, device.stored])
            guard db.changesCount == 1 else { return false }
            try db.audit("device/assign-profile", device.description, profileID ?? "none", by: actor)
            return true
        }
    }
}
