/// One part that was built into a unit.
///
/// In JSON the fields of ``part`` stand beside the others.
public struct BuiltComponent: Sendable, Hashable, Codable {
    /// Kind of part.
    public var componentClass: ComponentClass
    /// Location as a scan shows it, where the factory knows it.
    public var location: String?
    /// Reference designator on the board.
    public var designator: String?
    /// The part; its part number is the maker's (MPN).
    public var part: PartDescription
    /// Lot, where parts carry no serial.
    public var lot: String?
    /// Date code.
    public var dateCode: String?
    /// Who delivered it.
    public var supplier: String?
    /// How far the supplier stands from the factory; 1 sells to it directly.
    public var supplierTier: Int?
    /// Country of origin, ISO 3166-1.
    public var origin: String?
    /// Number of the maker below `1.3.6.1.4.1` (IANA private enterprise number), as an object identifier.
    public var manufacturerID: String?
    /// Whether it can be replaced in the field.
    public var fieldReplaceable: Bool?
    /// Link-layer addresses that it carries.
    public var addresses: [NetworkAddress]
    /// SHA-256 of the keys that it proves itself by, by their kind: `ek`, `idevid`.
    public var identityDigests: [String: ContentDigest]
    /// How fine this part is traced, where that differs from the record as a whole.
    public var traceabilityLevel: TraceabilityLevel?
    /// Document that vouches for the part.
    public var evidenceDocument: String?
    /// How the component registry of the record's form names it.
    public var registryEntry: RegistryEntry?
    /// Record or delta that states the part, as findings cite it, where that is not the record that lists it.
    public var statedBy: String?

    /// Describes one fitted part.
    public init(
        _ componentClass: ComponentClass, at location: String? = nil, part: PartDescription = PartDescription(),
        lot: String? = nil, dateCode: String? = nil, supplier: String? = nil, origin: String? = nil
    ) {
        self.componentClass = componentClass
        self.location = location
        self.part = part
        self.lot = lot
        self.dateCode = dateCode
        self.supplier = supplier
        self.origin = origin
        addresses = []
        identityDigests = [:]
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case componentClass = "class"
        case location, designator, lot, dateCode, supplier, supplierTier, origin, manufacturerID, fieldReplaceable
        case addresses, identityDigests, traceabilityLevel, evidenceDocument, registryEntry, statedBy
    }

    /// Names of the fields that stand in one object.
    static let fieldNames = Set(
        CodingKeys.allCases.map(\.rawValue) + PartDescription.CodingKeys.allCases.map(\.rawValue))

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(known: Self.fieldNames)
        try self.init(fieldsFrom: decoder)
    }

    /// Reads the fields out of an object that may hold others.
    init(fieldsFrom decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        componentClass = try values.decode(ComponentClass.self, forKey: .componentClass)
        location = try values.decodeIfPresent(String.self, forKey: .location)
        designator = try values.decodeIfPresent(String.self, forKey: .designator)
        lot = try values.decodeIfPresent(String.self, forKey: .lot)
        dateCode = try values.decodeIfPresent(String.self, forKey: .dateCode)
        supplier = try values.decodeIfPresent(String.self, forKey: .supplier)
        supplierTier = try values.decodeIfPresent(Int.self, forKey: .supplierTier)
        origin = try values.decodeIfPresent(String.self, forKey: .origin)
        manufacturerID = try values.decodeIfPresent(String.self, forKey: .manufacturerID)
        fieldReplaceable = try values.decodeIfPresent(Bool.self, forKey: .fieldReplaceable)
        addresses = try values.list(forKey: .addresses)
        identityDigests = try values.map(forKey: .identityDigests)
        traceabilityLevel = try values.decodeIfPresent(TraceabilityLevel.self, forKey: .traceabilityLevel)
        evidenceDocument = try values.decodeIfPresent(String.self, forKey: .evidenceDocument)
        registryEntry = try values.decodeIfPresent(RegistryEntry.self, forKey: .registryEntry)
        statedBy = try values.decodeIfPresent(String.self, forKey: .statedBy)
        part = try PartDescription(from: decoder)
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(componentClass, forKey: .componentClass)
        try values.encodeIfPresent(location, forKey: .location)
        try values.encodeIfPresent(designator, forKey: .designator)
        try values.encodeIfPresent(lot, forKey: .lot)
        try values.encodeIfPresent(dateCode, forKey: .dateCode)
        try values.encodeIfPresent(supplier, forKey: .supplier)
        try values.encodeIfPresent(supplierTier, forKey: .supplierTier)
        try values.encodeIfPresent(origin, forKey: .origin)
        try values.encodeIfPresent(manufacturerID, forKey: .manufacturerID)
        try values.encodeIfPresent(fieldReplaceable, forKey: .fieldReplaceable)
        try values.encodeUnlessEmpty(addresses, forKey: .addresses)
        try values.encodeUnlessEmpty(identityDigests, forKey: .identityDigests)
        try values.encodeIfPresent(traceabilityLevel, forKey: .traceabilityLevel)
        try values.encodeIfPresent(evidenceDocument, forKey: .evidenceDocument)
        try values.encodeIfPresent(registryEntry, forKey: .registryEntry)
        try values.encodeIfPresent(statedBy, forKey: .statedBy)
        try part.encode(to: encoder)
    }
}

extension BuiltComponent {
    /// The part in one line for a person.
    public var summary: String {
        var words = [part.manufacturer, part.model, part.partNumber].compactMap(\.self)
        if words.isEmpty { words = [componentClass.rawValue] }
        if let revision = part.revision { words.append("revision \(revision)") }
        if let firmware = part.firmwareVersion, !firmware.isEmpty { words.append("firmware \(firmware.description)") }
        if let serial = part.serial { words.append("serial \(serial)") }
        return words.joined(separator: " ")
    }
}
