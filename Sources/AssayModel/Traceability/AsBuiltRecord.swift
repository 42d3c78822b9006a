/// What one unit was built of: the factory's statement about one serial number.
///
/// Decode records with ``RecordJSON/asBuilt(from:)``.
public struct AsBuiltRecord: Sendable, Hashable, Codable {
    /// The schema that this version of the type reads and writes.
    public static let currentSchema = "assay/as-built/v1"

    /// The unit that a record speaks of.
    public struct Unit: Sendable, Hashable, Codable {
        /// Serial number of the unit.
        public var serial: String?
        /// Device id (fingerprint of the device key), once known.
        public var id: String?
        /// Maker.
        public var manufacturer: String?
        /// Model.
        public var model: String?
        /// Hardware revision.
        public var revision: String?

        /// Names a unit.
        public init(serial: String? = nil, id: String? = nil, manufacturer: String? = nil, model: String? = nil) {
            self.serial = serial
            self.id = id
            self.manufacturer = manufacturer
            self.model = model
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case serial, id, manufacturer, model, revision }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(CodingKeys.self)
            let values = try decoder.container(keyedBy: CodingKeys.self)
            serial = try values.decodeIfPresent(String.self, forKey: .serial)
            id = try values.decodeIfPresent(String.self, forKey: .id)
            manufacturer = try values.decodeIfPresent(String.self, forKey: .manufacturer)
            model = try values.decodeIfPresent(String.self, forKey: .model)
            revision = try values.decodeIfPresent(String.self, forKey: .revision)
        }
    }

    /// Schema name and version.
    public var schema: String
    /// The unit.
    public var device: Unit
    /// Profile that the unit was built to.
    public var profile: String?
    /// Site.
    public var factory: String?
    /// Line.
    public var line: String?
    /// Station.
    public var station: String?
    /// Person or badge.
    public var operatorName: String?
    /// When, RFC 3339.
    public var builtAt: String?
    /// Granularity after IPC-1782.
    public var traceabilityLevel: TraceabilityLevel?
    /// Marks that authorities gave, by their name: `fcc`, `ce` ….
    public var certifications: [String: String]
    /// Firmware images that the factory loaded.
    public var firmwareManifest: [FirmwareImage]
    /// What the form states of the unit as a whole, by name; not compared.
    public var properties: [String: String]
    /// Documents that the record refers to.
    public var references: [RecordReference]
    /// Classes for which the list of parts is complete; complete for every class when absent.
    public var covers: [ComponentClass]?
    /// The parts.
    public var components: [BuiltComponent]
    /// Where the record comes from.
    public var source: RecordProvenance?

    /// A record without parts.
    public init(device: Unit, components: [BuiltComponent] = []) {
        schema = Self.currentSchema
        self.device = device
        self.components = components
        certifications = [:]
        firmwareManifest = []
        properties = [:]
        references = []
    }

    /// How findings cite this record.
    public var citation: String { "as-built \(device.serial ?? device.id ?? "without a serial")" }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, device, profile, factory, line, station
        case operatorName = "operator"
        case builtAt, traceabilityLevel, certifications, firmwareManifest, properties, references, covers, components,
            source
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        schema = try values.schema(Self.currentSchema, forKey: .schema)
        device = try values.decode(Unit.self, forKey: .device)
        profile = try values.decodeIfPresent(String.self, forKey: .profile)
        factory = try values.decodeIfPresent(String.self, forKey: .factory)
        line = try values.decodeIfPresent(String.self, forKey: .line)
        station = try values.decodeIfPresent(String.self, forKey: .station)
        operatorName = try values.decodeIfPresent(String.self, forKey: .operatorName)
        builtAt = try values.decodeIfPresent(String.self, forKey: .builtAt)
        traceabilityLevel = try values.decodeIfPresent(TraceabilityLevel.self, forKey: .traceabilityLevel)
        certifications = try values.map(forKey: .certifications)
        firmwareManifest = try values.list(forKey: .firmwareManifest)
        properties = try values.map(forKey: .properties)
        references = try values.list(forKey: .references)
        covers = try values.decodeIfPresent([ComponentClass].self, forKey: .covers)
        components = try values.list(forKey: .components)
        source = try values.decodeIfPresent(RecordProvenance.self, forKey: .source)
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(schema, forKey: .schema)
        try values.encode(device, forKey: .device)
        try values.encodeIfPresent(profile, forKey: .profile)
        try values.encodeIfPresent(factory, forKey: .factory)
        try values.encodeIfPresent(line, forKey: .line)
        try values.encodeIfPresent(station, forKey: .station)
        try values.encodeIfPresent(operatorName, forKey: .operatorName)
        try values.encodeIfPresent(builtAt, forKey: .builtAt)
        try values.encodeIfPresent(traceabilityLevel, forKey: .traceabilityLevel)
        try values.encodeUnlessEmpty(certifications, forKey: .certifications)
        try values.encodeUnlessEmpty(firmwareManifest, forKey: .firmwareManifest)
        try values.encodeUnlessEmpty(properties, forKey: .properties)
        try values.encodeUnlessEmpty(references, forKey: .references)
        try values.encodeIfPresent(covers, forKey: .covers)
        try values.encode(components, forKey: .components)
        try values.encodeIfPresent(source, forKey: .source)
    }
}
