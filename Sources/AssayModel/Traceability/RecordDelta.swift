/// What was changed on one unit after it was built: a repair, a return, an upgrade.
///
/// Decode deltas with ``RecordJSON/delta(from:)``.
public struct RecordDelta: Sendable, Hashable, Codable {
    /// The schema that this version of the type reads and writes.
    public static let currentSchema = "assay/delta/v1"

    /// Why the unit was changed.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case repair, rma, upgrade
    }

    /// The record or delta that this one continues from.
    public struct Amended: Sendable, Hashable, Codable {
        /// Digest of the record's canonical JSON, or of the file that it was imported from.
        public var document: ContentDigest?
        /// The certificate that the record was taken from.
        public var certificate: CertificateName?
        /// Serial number of the unit whose record it is, where nothing finer is known.
        public var serial: String?
        /// Device id of that unit.
        public var id: String?

        /// Names what is amended.
        public init(
            document: ContentDigest? = nil, certificate: CertificateName? = nil, serial: String? = nil,
            id: String? = nil
        ) {
            self.document = document
            self.certificate = certificate
            self.serial = serial
            self.id = id
        }

        /// Whether nothing is named.
        public var isEmpty: Bool { document == nil && certificate == nil && serial == nil && id == nil }

        private enum CodingKeys: String, CodingKey, CaseIterable { case document, certificate, serial, id }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            document = try values.decodeIfPresent(ContentDigest.self, forKey: .document)
            certificate = try values.decodeIfPresent(CertificateName.self, forKey: .certificate)
            serial = try values.decodeIfPresent(String.self, forKey: .serial)
            id = try values.decodeIfPresent(String.self, forKey: .id)
        }
    }

    /// Schema name and version.
    public var schema: String
    /// Number or name of the change in the maker's system.
    public var id: String?
    /// The unit.
    public var device: AsBuiltRecord.Unit
    /// What is amended.
    public var amends: Amended
    /// Why; nil where the form does not say.
    public var kind: Kind?
    /// When, RFC 3339.
    public var changedAt: String?
    /// Where.
    public var site: String?
    /// Person or badge.
    public var operatorName: String?
    /// Why, in words.
    public var reason: String?
    /// What changed.
    public var changes: [ComponentChange]
    /// Where the delta comes from.
    public var source: RecordProvenance?

    /// A delta of one unit.
    public init(device: AsBuiltRecord.Unit, amends: Amended, changes: [ComponentChange] = []) {
        schema = Self.currentSchema
        self.device = device
        self.amends = amends
        self.changes = changes
    }

    /// How findings cite this delta.
    public var citation: String {
        let name = id ?? source?.certificate?.description ?? changedAt.map { "of \($0)" } ?? "without a date"
        return "delta \(name) of \(device.serial ?? device.id ?? amends.serial ?? "an unnamed unit")"
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, id, device, amends, kind, changedAt, site
        case operatorName = "operator"
        case reason, changes, source
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        schema = try values.schema(Self.currentSchema, forKey: .schema)
        id = try values.decodeIfPresent(String.self, forKey: .id)
        device = try values.decodeIfPresent(AsBuiltRecord.Unit.self, forKey: .device) ?? AsBuiltRecord.Unit()
        amends = try values.decode(Amended.self, forKey: .amends)
        kind = try values.decodeIfPresent(Kind.self, forKey: .kind)
        changedAt = try values.decodeIfPresent(String.self, forKey: .changedAt)
        site = try values.decodeIfPresent(String.self, forKey: .site)
        operatorName = try values.decodeIfPresent(String.self, forKey: .operatorName)
        reason = try values.decodeIfPresent(String.self, forKey: .reason)
        changes = try values.list(forKey: .changes)
        source = try values.decodeIfPresent(RecordProvenance.self, forKey: .source)
    }
}
