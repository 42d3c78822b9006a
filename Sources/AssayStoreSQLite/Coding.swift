internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import Foundation
internal import GRDB

extension ContentDigest {
    /// The 32 bytes, as the tables keep them.
    var stored: Data { Data(bytes) }
}

extension Row {
    /// The value of a column, nil where the type is optional and the column null.
    ///
    /// GRDB's own subscripts end the program when a stored value is not what the schema says; a damaged database is
    /// an error of this store instead.
    func value<T: DatabaseValueConvertible>(_ column: String) throws -> T {
        let stored = (self[column] as (any DatabaseValueConvertible)?)?.databaseValue ?? .null
        guard let value = T.fromDatabaseValue(stored) else { throw StoreFailure(.corrupt, "column \(column)") }
        return value
    }

    /// A value that is kept as JSON; nil where the column is null.
    func json<T: Decodable>(_ column: String, as type: T.Type) throws -> T? {
        guard let data = try value(column) as Data? else { return nil }
        do { return try CanonicalJSON.decode(type, from: data) } catch {
            throw StoreFailure(.corrupt, "column \(column)")
        }
    }

    /// A digest that must be there.
    func digest(_ column: String) throws -> ContentDigest {
        guard let value = try optionalDigest(column) else { throw StoreFailure(.corrupt, "column \(column)") }
        return value
    }

    /// A digest that may be null.
    func optionalDigest(_ column: String) throws -> ContentDigest? {
        guard let data = try value(column) as Data? else { return nil }
        guard data.count == ContentDigest.byteCount else { throw StoreFailure(.corrupt, "column \(column)") }
        return ContentDigest(bytes: data)
    }

    /// A time that may be null.
    func time(_ column: String) throws -> Timestamp? {
        (try value(column) as Int64?).map { Timestamp(milliseconds: $0) }
    }

    /// A time that must be there.
    func requiredTime(_ column: String) throws -> Timestamp { Timestamp(milliseconds: try value(column)) }

    /// Bytes that must be there.
    func bytes(_ column: String) throws -> [UInt8] { [UInt8](try value(column) as Data) }
}

extension Device {
    /// Every column that a device is read from.
    static let columns = "devices.*"

    /// Reads a row of `devices`.
    init(row: Row) throws {
        guard let facts = try row.json("facts", as: DeviceFacts.self) else {
            throw StoreFailure(.corrupt, "column facts")
        }
        try self.init(
            id: row.digest("device_id"), publicKey: row.bytes("public_key"),
            enrolledAt: row.requiredTime("enrolled_at"), tokenID: row.value("token_id"),
            profileID: row.value("profile_id"),
            site: row.value("site"),
            revokedAt: row.time("revoked_at"), certificateExpiry: row.requiredTime("certificate_expiry"), facts: facts,
            head: ChainHead(row: row), standing: Standing(row: row),
            needsEvaluation: (row.value("generation") as Int64) != (row.value("evaluated_generation") as Int64),
            sectionCounts: row.optionalDigest("last_counts"), identitySet: row.optionalDigest("identity_set"))
    }
}

extension ChainHead {
    /// Reads the head from a row of `devices`; nil before the first report.
    init?(row: Row) throws {
        guard let sequence = try row.value("last_sequence") as Int64? else { return nil }
        try self.init(
            sequence: sequence, report: row.digest("last_report"), inventoryRoot: row.digest("last_root"),
            formerRoot: row.optionalDigest("former_root"), bootID: row.value("last_boot_id"),
            formerBootID: row.value("former_boot_id"),
            takenAt: row.time("last_taken_at"), receivedAt: row.requiredTime("last_received_at"))
    }
}

extension Standing {
    /// Reads the standing from a row of `devices`; nil before the first evaluation.
    init?(row: Row) throws {
        guard let name = try row.value("verdict") as String? else { return nil }
        guard let verdict = DeviceVerdict(rawValue: name) else { throw StoreFailure(.corrupt, "verdict \(name)") }
        let outcomes = try row.json("outcomes", as: [String: Int].self)
        try self.init(
            report: row.digest("evaluated_report"), verdict: verdict,
            findings: FindingCounts(
                critical: row.value("critical"), high: row.value("high"), medium: row.value("medium"),
                low: row.value("low")),
            outcomes: outcomes ?? [:], profileID: row.value("applied_profile"), recordID: row.value("applied_record"),
            evaluatedAt: row.requiredTime("evaluated_at"))
    }
}

extension Database {
    /// Writes one entry of the audit trail, in the transaction of the change that it tells of.
    func audit(_ action: String, _ subject: String, _ detail: String = "", by actor: Actor) throws {
        try execute(
            sql: "INSERT INTO audit(at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
            arguments: [actor.at.milliseconds, actor.name, action, subject, detail])
    }
}
