/// A part of the device, as one interface showed it.
///
/// Named fields hold the normalised value (blanks trimmed, control characters removed). Where that differs from what was
/// read, `properties["raw.<field>"]` keeps the original.
public struct Component: Sendable, Hashable, Codable {
    /// What kind of part it is.
    public var componentClass: ComponentClass
    /// Where it sits, stable over reboots: `pci/0000:03:00.0`, `usb/1-1.2`, `dimm/A1`, `mmc/0`, `fw/bios`.
    public var location: String
    /// Maker.
    public var manufacturer: String?
    /// Model or product name.
    public var model: String?
    /// Part number.
    public var partNumber: String?
    /// Serial number.
    public var serial: String?
    /// Hardware revision.
    public var revision: String?
    /// Version of the firmware that the part itself reports.
    public var firmwareVersion: String?
    /// Numeric identities as lower-case hexadecimal without a prefix: `vendor`, `device`, `subsystemVendor`, `class` ….
    public var ids: [String: String]
    /// Digests of raw descriptors, tables or images by name.
    public var digests: [String: ContentDigest]
    /// Everything else worth keeping, as text.
    public var properties: [String: String]
    /// Where this was read.
    public var evidence: Evidence

    /// Describes one part.
    public init(
        _ componentClass: ComponentClass, at location: String, evidence: Evidence, manufacturer: String? = nil,
        model: String? = nil, partNumber: String? = nil, serial: String? = nil, revision: String? = nil,
        firmwareVersion: String? = nil, ids: [String: String] = [:], digests: [String: ContentDigest] = [:],
        properties: [String: String] = [:]
    ) {
        self.componentClass = componentClass
        self.location = location
        self.evidence = evidence
        self.manufacturer = manufacturer
        self.model = model
        self.partNumber = partNumber
        self.serial = serial
        self.revision = revision
        self.firmwareVersion = firmwareVersion
        self.ids = ids
        self.digests = digests
        self.properties = properties
    }

    private enum CodingKeys: String, CodingKey {
        case componentClass = "class"
        case location, manufacturer, model, partNumber, serial, revision, firmwareVersion, ids, digests, properties
        case evidence
    }

    /// Reads the JSON form; absent maps are empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        componentClass = try values.decode(ComponentClass.self, forKey: .componentClass)
        location = try values.decode(String.self, forKey: .location)
        manufacturer = try values.decodeIfPresent(String.self, forKey: .manufacturer)
        model = try values.decodeIfPresent(String.self, forKey: .model)
        partNumber = try values.decodeIfPresent(String.self, forKey: .partNumber)
        serial = try values.decodeIfPresent(String.self, forKey: .serial)
        revision = try values.decodeIfPresent(String.self, forKey: .revision)
        firmwareVersion = try values.decodeIfPresent(String.self, forKey: .firmwareVersion)
        ids = try values.decodeIfPresent([String: String].self, forKey: .ids) ?? [:]
        digests = try values.decodeIfPresent([String: ContentDigest].self, forKey: .digests) ?? [:]
        properties = try values.decodeIfPresent([String: String].self, forKey: .properties) ?? [:]
        evidence = try values.decode(Evidence.self, forKey: .evidence)
    }

    /// Writes the JSON form; absent fields and empty maps are left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(componentClass, forKey: .componentClass)
        try values.encode(location, forKey: .location)
        try values.encodeIfPresent(manufacturer, forKey: .manufacturer)
        try values.encodeIfPresent(model, forKey: .model)
        try values.encodeIfPresent(partNumber, forKey: .partNumber)
        try values.encodeIfPresent(serial, forKey: .serial)
        try values.encodeIfPresent(revision, forKey: .revision)
        try values.encodeIfPresent(firmwareVersion, forKey: .firmwareVersion)
        if !ids.isEmpty { try values.encode(ids, forKey: .ids) }
        if !digests.isEmpty { try values.encode(digests, forKey: .digests) }
        if !properties.isEmpty { try values.encode(properties, forKey: .properties) }
        try values.encode(evidence, forKey: .evidence)
    }
}
