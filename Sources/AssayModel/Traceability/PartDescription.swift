/// The fields by which a part is known; a field that is absent is not compared.
public struct PartDescription: Sendable, Hashable, Codable {
    /// Maker.
    public var manufacturer: String?
    /// Model or product name.
    public var model: String?
    /// Part number.
    public var partNumber: String?
    /// Serial number; usually stated by an as-built record, not by a profile.
    public var serial: String?
    /// Hardware revision.
    public var revision: String?
    /// Allowed firmware versions.
    public var firmwareVersion: VersionRequirement?
    /// Numeric identities in hexadecimal by name.
    public var ids: [String: AcceptedValues]
    /// Allowed digests by name.
    public var digests: [String: AcceptedValues]
    /// Other facts by name: link width, USB interface set ….
    public var properties: [String: AcceptedValues]

    /// Describes a part.
    public init(
        manufacturer: String? = nil, model: String? = nil, partNumber: String? = nil, serial: String? = nil,
        revision: String? = nil, firmwareVersion: VersionRequirement? = nil, ids: [String: AcceptedValues] = [:],
        digests: [String: AcceptedValues] = [:], properties: [String: AcceptedValues] = [:]
    ) {
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

    enum CodingKeys: String, CodingKey, CaseIterable {
        case manufacturer, model, partNumber, serial, revision, firmwareVersion, ids, digests, properties
    }

    /// Reads the fields out of an object that may hold others.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        manufacturer = try values.decodeIfPresent(String.self, forKey: .manufacturer)
        model = try values.decodeIfPresent(String.self, forKey: .model)
        partNumber = try values.decodeIfPresent(String.self, forKey: .partNumber)
        serial = try values.decodeIfPresent(String.self, forKey: .serial)
        revision = try values.decodeIfPresent(String.self, forKey: .revision)
        firmwareVersion = try values.decodeIfPresent(VersionRequirement.self, forKey: .firmwareVersion)
        ids = try values.map(forKey: .ids)
        digests = try values.map(forKey: .digests)
        properties = try values.map(forKey: .properties)
    }

    /// Writes the fields that are stated.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(manufacturer, forKey: .manufacturer)
        try values.encodeIfPresent(model, forKey: .model)
        try values.encodeIfPresent(partNumber, forKey: .partNumber)
        try values.encodeIfPresent(serial, forKey: .serial)
        try values.encodeIfPresent(revision, forKey: .revision)
        try values.encodeIfPresent(firmwareVersion, forKey: .firmwareVersion)
        try values.encodeUnlessEmpty(ids, forKey: .ids)
        try values.encodeUnlessEmpty(digests, forKey: .digests)
        try values.encodeUnlessEmpty(properties, forKey: .properties)
    }
}
