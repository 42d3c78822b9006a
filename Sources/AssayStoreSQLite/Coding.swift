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
    /// A digest that must be there.
    func digest(_ column: String) throws -> ContentDigest {
        guard let value = optionalDigest(column) else { throw StoreFailure(.corrupt, "column \(column)") }
        return value
    }

    /// A digest that may be null.
    func optionalDigest(_ column: String) -> ContentDigest? {
        guard let data = self[column] as Data?, data.count == 32 else { return nil }
        return ContentDigest(bytes: data)
    }

    /// A time that may be null.
    func time(_ column: String) -> Timestamp? { (self[column] as Int64?).map { Timestamp(milliseconds: $0) } }

    /// A time that must be there.
    func requiredTime(_ column: String) -> Timestamp { Timestamp(milliseconds: self[column]) }

    /// Bytes that must be there.
    func bytes(_ column: String) -> [UInt8] { [UInt8](self[column] as Data) }
}

extension Device {
    /// Every column that a device is read from.
    static let columns = "devices.*"

    /// Reads a row of `devices`.
    init(row: Row) throws {
        let facts = try CanonicalJSON.decode(DeviceFacts.self, from: row.bytes("facts"))
        self.init(
            id: try row.digest("device_id"), publicKey: row.bytes("public_key"),
            enrolledAt: row.requiredTime("enrolled_at"), tokenID: row["token_id"], profileID: row["profile_id"],
            revokedAt: row.time("revoked_at"), certificateExpiry: row.requiredTime("certificate_expiry"), facts: facts,
            head: try ChainHead(row: row), standing: try Standing(row: row),
            needsEvaluation: (row["generation"] as Int64) != (row["evaluated_generation"] as Int64))
    }
}

extension ChainHead {
    /// Reads the head from a row of `devices`; nil before the first report.
    init?(row: Row) throws {
        guard let sequence = row["last_sequence"] as Int64? else { return nil }
        self.init(
            sequence: sequence, report: try row.digest("last_report"), inventoryRoot: try row.digest("last_root"),
            formerRoot: row.optionalDigest("former_root"), bootID: row["last_boot_id"],
            formerBootID: row["former_boot_id"],
            takenAt: row.time("last_taken_at"), receivedAt: row.requiredTime("last_received_at"))
    }
}

extension Standing {
    /// Reads the standing from a row of `devices`; nil before the first evaluation.
    init?(row: Row) throws {
        guard let name = row["verdict"] as String? else { return nil }
        guard let verdict = DeviceVerdict(rawValue: name) else { throw StoreFailure(.corrupt, "verdict \(name)") }
        let outcomes = try (row["outcomes"] as Data?).map { try CanonicalJSON.decode([String: Int].self, from: $0) }
        self.init(
            report: try row.digest("evaluated_report"), verdict: verdict,
            findings: FindingCounts(
                critical: row["critical"], high: row["high"], medium: row["medium"], low: row["low"]),
            outcomes: outcomes ?? [:], profileID: row["applied_profile"], recordID: row["applied_record"],
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
