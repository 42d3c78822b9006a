/// Which devices a profile speaks of; an empty list does not restrict, a device must agree with every list that is not.
public struct DeviceMatch: Sendable, Hashable, Codable {
    /// Makers of the system, compared without case and surplus blanks; `*` stands for any run of characters.
    public var manufacturers: [String]
    /// Models of the system.
    public var models: [String]
    /// Device tree `compatible` strings; one of the device's must be listed.
    public var compatibles: [String]
    /// Models of the base board.
    public var boards: [String]
    /// Hypervisors that the device runs under.
    public var hypervisors: [String]

    /// Lists what is matched.
    public init(
        manufacturers: [String] = [], models: [String] = [], compatibles: [String] = [], boards: [String] = [],
        hypervisors: [String] = []
    ) {
        self.manufacturers = manufacturers
        self.models = models
        self.compatibles = compatibles
        self.boards = boards
        self.hypervisors = hypervisors
    }

    /// Whether no list restricts.
    public var isUnrestricted: Bool {
        manufacturers.isEmpty && models.isEmpty && compatibles.isEmpty && boards.isEmpty && hypervisors.isEmpty
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case manufacturers, models, compatibles, boards, hypervisors
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        manufacturers = try values.list(forKey: .manufacturers)
        models = try values.list(forKey: .models)
        compatibles = try values.list(forKey: .compatibles)
        boards = try values.list(forKey: .boards)
        hypervisors = try values.list(forKey: .hypervisors)
    }

    /// Writes the lists that restrict.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeUnlessEmpty(manufacturers, forKey: .manufacturers)
        try values.encodeUnlessEmpty(models, forKey: .models)
        try values.encodeUnlessEmpty(compatibles, forKey: .compatibles)
        try values.encodeUnlessEmpty(boards, forKey: .boards)
        try values.encodeUnlessEmpty(hypervisors, forKey: .hypervisors)
    }
}
