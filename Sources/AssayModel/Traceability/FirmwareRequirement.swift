/// Which firmware may stand at one location.
public struct FirmwareRequirement: Sendable, Hashable, Codable {
    /// Location of the firmware or of the part that runs it; `*` stands for any run of characters.
    public var location: String
    /// Name for people.
    public var name: String?
    /// Maker.
    public var manufacturer: String?
    /// Allowed versions.
    public var version: VersionRequirement
    /// Allowed digests of the image; any digest will do when empty.
    public var digests: [ContentDigest]
    /// Whether a unit without it is complete.
    public var optional: Bool
    /// Weakest evidence that counts, where it differs from the class policy.
    public var access: Evidence.Access?

    /// Allows what is listed.
    public init(
        location: String, name: String? = nil, manufacturer: String? = nil,
        version: VersionRequirement = VersionRequirement(), digests: [ContentDigest] = [], optional: Bool = false,
        access: Evidence.Access? = nil
    ) {
        self.location = location
        self.name = name
        self.manufacturer = manufacturer
        self.version = version
        self.digests = digests
        self.optional = optional
        self.access = access
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case location, name, manufacturer, versions, minimum, maximum, digests, optional, access
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        location = try values.decode(String.self, forKey: .location)
        name = try values.decodeIfPresent(String.self, forKey: .name)
        manufacturer = try values.decodeIfPresent(String.self, forKey: .manufacturer)
        version = VersionRequirement(
            versions: try values.list(forKey: .versions),
            minimum: try values.decodeIfPresent(String.self, forKey: .minimum),
            maximum: try values.decodeIfPresent(String.self, forKey: .maximum))
        digests = try values.list(forKey: .digests)
        optional = try values.decodeIfPresent(Bool.self, forKey: .optional) ?? false
        access = try values.decodeIfPresent(Evidence.Access.self, forKey: .access)
    }

    /// Writes the JSON form without defaults.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(location, forKey: .location)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encodeIfPresent(manufacturer, forKey: .manufacturer)
        try values.encodeUnlessEmpty(version.versions, forKey: .versions)
        try values.encodeIfPresent(version.minimum, forKey: .minimum)
        try values.encodeIfPresent(version.maximum, forKey: .maximum)
        try values.encodeUnlessEmpty(digests, forKey: .digests)
        if optional { try values.encode(optional, forKey: .optional) }
        try values.encodeIfPresent(access, forKey: .access)
    }
}
