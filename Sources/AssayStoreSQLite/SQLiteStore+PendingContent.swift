package import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

/// Content on its way: it belongs to one device until a report that is made of it is accepted.
extension SQLiteStore {
    /// One object that is kept or waits with this device.
    package func content(_ digest: ContentDigest, for device: ContentDigest) async throws -> [UInt8]? {
        if let kept = try await content(digest) { return kept }
        let stored = try await read { db in
            try Row.fetchOne(
                db, sql: "SELECT encoding, size, data FROM pending_content WHERE device = ? AND digest = ?",
                arguments: [try Self.number(of: device, in: db), digest.stored]
            ).map { try Stored(encoding: $0.value("encoding"), size: $0.value("size"), data: $0.value("data")) }
        }
        return try stored?.decoded()
    }

    /// Lets objects wait with a device, within its limit.
    package func putPending(_ batch: PendingContent) async throws -> Bool {
        let encoded = try batch.objects.map { object in
            let (encoding, data) = try Encoding.encode(object.content)
            return (digest: object.digest, size: object.content.count, encoding: encoding.rawValue, data: data)
        }
        return try await write { db in
            guard let device = try Self.number(of: batch.deviceID, in: db) else { return false }
            let fresh = try encoded.filter { try !Self.isHere($0.digest, for: device, in: db) }
            let size = fresh.reduce(0) { $0 + $1.size }
            guard try Self.makeRoom(for: size, of: batch, device, in: db) else { return false }
            let statement = try db.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO pending_content(device, digest, report, received_at, size, encoding, data)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """)
            for object in fresh {
                try statement.execute(arguments: [
                    device, object.digest.stored, batch.report.stored, batch.at.milliseconds, object.size,
                    object.encoding, object.data,
                ])
            }
            return true
        }
    }

    /// Forgets what has waited since before `time`.
    package func dropPending(before time: Timestamp) async throws -> Int {
        try await write { db in
            try db.execute(sql: "DELETE FROM pending_reports WHERE received_at < ?", arguments: [time.milliseconds])
            try db.execute(sql: "DELETE FROM pending_content WHERE received_at < ?", arguments: [time.milliseconds])
            return db.changesCount
        }
    }

    /// Keeps for good what of `content` waits with the device, and forgets the rest of what waits; false, and nothing is
    /// written, when some of it is not here.
    static func keep(_ content: [ContentDigest], of device: Int64, in db: Database) throws -> Bool {
        guard try content.allSatisfy({ try isHere($0, for: device, in: db) }) else { return false }
        let move = try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO content(digest, size, encoding, data)
                SELECT digest, size, encoding, data FROM pending_content WHERE device = ? AND digest = ?
                """)
        for digest in content { try move.execute(arguments: [device, digest.stored]) }
        try db.execute(sql: "DELETE FROM pending_content WHERE device = ?", arguments: [device])
        return true
    }

    /// The row of a device; nil when it is not enrolled.
    static func number(of device: ContentDigest, in db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM devices WHERE device_id = ?"), arguments: [device.stored])
    }

    static func isHere(_ digest: ContentDigest, for device: Int64?, in db: Database) throws -> Bool {
        let kept = try db.cachedStatement(sql: "SELECT 1 FROM content WHERE digest = ?")
        if try Int.fetchOne(kept, arguments: [digest.stored]) != nil { return true }
        let waiting = try db.cachedStatement(sql: "SELECT 1 FROM pending_content WHERE device = ? AND digest = ?")
        return try Int.fetchOne(waiting, arguments: [device, digest.stored]) != nil
    }

    /// Whether `size` more bytes may wait, if need be after what came for other reports has gone.
    private static func makeRoom(
        for size: Int, of batch: PendingContent, _ device: Int64, in db: Database
    ) throws -> Bool {
        let query = try db.cachedStatement(sql: "SELECT COALESCE(SUM(size), 0) FROM pending_content WHERE device = ?")
        if try (Int.fetchOne(query, arguments: [device]) ?? 0) + size <= batch.limit { return true }
        guard size <= batch.limit else { return false }
        try db.execute(
            sql: "DELETE FROM pending_content WHERE device = ? AND report <> ?",
            arguments: [device, batch.report.stored])
        return try (Int.fetchOne(query, arguments: [device]) ?? 0) + size <= batch.limit
    }
}
