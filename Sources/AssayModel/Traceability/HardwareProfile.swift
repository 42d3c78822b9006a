/// What units of one model may be made of: the design side of traceability.
///
/// Decode profiles with ``RecordJSON/profile(from:)``, which limits size and depth and names the field that is wrong.
public struct HardwareProfile: Sendable, Hashable, Codable {
    /// The schema that this version of the type reads and writes.
    public static let currentSchema = "assay/profile/v1"
    /// The entry of ``classes`` that holds for every class without an entry of its own.
    public static let anyClass: ComponentClass = "*"

    /// Schema name and version.
    public var schema: String
    /// Lower-case name that stays the same over versions: `acme-edge-200`.
    public var id: String
    /// Version of the profile; a published version never changes.
    public var version: String
    /// Name for people.
    public var title: String?
    /// Devices that the profile speaks of.
    public var appliesTo: DeviceMatch
    /// Whether every unit has an as-built record; without a word it may have one.
    public var asBuiltRecord: RecordRequirement?
    /// Field policy by class.
    public var classes: [ComponentClass: ClassPolicy]
    /// Expected parts.
    public var components: [ExpectedComponent]
    /// Allowed firmware.
    public var firmware: [FirmwareRequirement]
    /// What may stand on the file system.
    public var files: FilePolicy?
    /// How the device must boot.
    public var boot: BootPolicy?
    /// What the devices are meant for, as far as laws about suppliers care: `us-federal`, `eu` ….
    public var intendedUse: [String]?
    /// Suppliers whose parts may be built in, as records name them; any supplier will do when absent.
    public var approvedSuppliers: [String]?
    /// Kinds of paper that whoever delivered a part must have handed in: `ISO 9001`; none is asked for when absent.
    public var supplierPapers: [String]?
    /// Functions that USB devices may have, as class codes; any function will do when absent.
    ///
    /// `08:06:50` is one, `*` stands for any run of characters.
    public var usbInterfaces: [String]?
    /// Where the profile comes from.
    public var source: RecordProvenance?

    /// An empty profile, which expects nothing and allows nothing.
    public init(id: String, version: String) {
        schema = Self.currentSchema
        self.id = id
        self.version = version
        appliesTo = DeviceMatch()
        classes = [:]
        components = []
        firmware = []
    }

    /// The policy of `componentClass`, or the one for any class, or none.
    public func policy(for componentClass: ComponentClass) -> ClassPolicy {
        classes[componentClass] ?? classes[Self.anyClass] ?? ClassPolicy()
    }

    /// How findings cite this profile.
    public var citation: String { "profile \(id) v\(version)" }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case schema, id, version, title, appliesTo, asBuiltRecord, classes, components, firmware, files, boot,
            intendedUse, approvedSuppliers, supplierPapers, usbInterfaces, source
    }

    /// Reads the JSON form; absent lists are empty, unknown keys are refused.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        schema = try values.schema(Self.currentSchema, forKey: .schema)
        id = try values.decode(String.self, forKey: .id)
        version = try values.decode(String.self, forKey: .version)
        title = try values.decodeIfPresent(String.self, forKey: .title)
        appliesTo = try values.decodeIfPresent(DeviceMatch.self, forKey: .appliesTo) ?? DeviceMatch()
        asBuiltRecord = try values.decodeIfPresent(RecordRequirement.self, forKey: .asBuiltRecord)
        classes = try values.decodeIfPresent([ComponentClass: ClassPolicy].self, forKey: .classes) ?? [:]
        components = try values.list(forKey: .components)
        firmware = try values.list(forKey: .firmware)
        files = try values.decodeIfPresent(FilePolicy.self, forKey: .files)
        boot = try values.decodeIfPresent(BootPolicy.self, forKey: .boot)
        intendedUse = try values.decodeIfPresent([String].self, forKey: .intendedUse)
        approvedSuppliers = try values.decodeIfPresent([String].self, forKey: .approvedSuppliers)
        supplierPapers = try values.decodeIfPresent([String].self, forKey: .supplierPapers)
        usbInterfaces = try values.decodeIfPresent([String].self, forKey: .usbInterfaces)
        source = try values.decodeIfPresent(RecordProvenance.self, forKey: .source)
    }

    /// Writes the JSON form without empty lists.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(schema, forKey: .schema)
        try values.encode(id, forKey: .id)
        try values.encode(version, forKey: .version)
        try values.encodeIfPresent(title, forKey: .title)
        if !appliesTo.isUnrestricted { try values.encode(appliesTo, forKey: .appliesTo) }
        try values.encodeIfPresent(asBuiltRecord, forKey: .asBuiltRecord)
        try values.encodeUnlessEmpty(classes, forKey: .classes)
        try values.encodeUnlessEmpty(components, forKey: .components)
        try values.encodeUnlessEmpty(firmware, forKey: .firmware)
        try values.encodeIfPresent(files, forKey: .files)
        try values.encodeIfPresent(boot, forKey: .boot)
        try values.encodeIfPresent(intendedUse, forKey: .intendedUse)
        try values.encodeIfPresent(approvedSuppliers, forKey: .approvedSuppliers)
        try values.encodeIfPresent(supplierPapers, forKey: .supplierPapers)
        try values.encodeIfPresent(usbInterfaces, forKey: .usbInterfaces)
        try values.encodeIfPresent(source, forKey: .source)
    }
}

/// Whether units of a model are known one by one.
public enum RecordRequirement: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every unit that was built has a record: one without is not known to be one.
    case required
    /// A unit without a record is held against the profile alone.
    case optional
}

extension ComponentClass: CodingKeyRepresentable {}
