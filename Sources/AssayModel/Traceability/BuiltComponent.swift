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
    /// The part.
    public var part: PartDescription
    /// Lot, where parts carry no serial.
    public var lot: String?
    /// Date code.
    public var dateCode: String?
    /// Who delivered it.
    public var supplier: String?
    /// Country of origin, ISO 3166-1.
    public var origin: String?

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
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case componentClass = "class"
        case location, designator, lot, dateCode, supplier, origin
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let own = CodingKeys.allCases.map(\.rawValue)
        try decoder.refuseUnknownKeys(known: Set(own + PartDescription.CodingKeys.allCases.map(\.rawValue)))
        let values = try decoder.container(keyedBy: CodingKeys.self)
        componentClass = try values.decode(ComponentClass.self, forKey: .componentClass)
        location = try values.decodeIfPresent(String.self, forKey: .location)
        designator = try values.decodeIfPresent(String.self, forKey: .designator)
        lot = try values.decodeIfPresent(String.self, forKey: .lot)
        dateCode = try values.decodeIfPresent(String.self, forKey: .dateCode)
        supplier = try values.decodeIfPresent(String.self, forKey: .supplier)
        origin = try values.decodeIfPresent(String.self, forKey: .origin)
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
        try values.encodeIfPresent(origin, forKey: .origin)
        try part.encode(to: encoder)
    }
}
