/// One line of a profile: a slot and the part that belongs there.
///
/// In JSON the fields of ``part`` stand beside the others.
public struct ExpectedComponent: Sendable, Hashable, Codable {
    /// A part that may stand in for the first choice.
    public struct Alternate: Sendable, Hashable, Codable {
        /// Name for people: the entry of the approved list.
        public var name: String?
        /// The part.
        public var part: PartDescription

        /// Names an alternate.
        public init(name: String? = nil, part: PartDescription) {
            self.name = name
            self.part = part
        }

        private enum CodingKeys: String, CodingKey, CaseIterable { case name }

        /// Reads the JSON form.
        public init(from decoder: any Decoder) throws {
            let own = CodingKeys.allCases.map(\.rawValue)
            try decoder.refuseUnknownKeys(known: Set(own + PartDescription.CodingKeys.allCases.map(\.rawValue)))
            name = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .name)
            part = try PartDescription(from: decoder)
        }

        /// Writes the JSON form.
        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encodeIfPresent(name, forKey: .name)
            try part.encode(to: encoder)
        }
    }

    /// Kind of part.
    public var componentClass: ComponentClass
    /// Location where it sits; `*` stands for any run of characters; absent when any place will do.
    public var slot: String?
    /// Name for people: `system memory`.
    public var name: String?
    /// How many such parts there are.
    public var quantity: Int
    /// Whether a unit without it is complete.
    public var optional: Bool
    /// The part.
    public var part: PartDescription
    /// Parts that may stand in.
    public var alternates: [Alternate]
    /// Weakest evidence that counts, where it differs from the class policy.
    public var access: Evidence.Access?

    /// Expects `quantity` parts.
    public init(
        _ componentClass: ComponentClass, slot: String? = nil, name: String? = nil, quantity: Int = 1,
        optional: Bool = false, part: PartDescription = PartDescription(), alternates: [Alternate] = [],
        access: Evidence.Access? = nil
    ) {
        self.componentClass = componentClass
        self.slot = slot
        self.name = name
        self.quantity = quantity
        self.optional = optional
        self.part = part
        self.alternates = alternates
        self.access = access
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case componentClass = "class"
        case slot, name, quantity, optional, alternates, access
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let own = CodingKeys.allCases.map(\.rawValue)
        try decoder.refuseUnknownKeys(known: Set(own + PartDescription.CodingKeys.allCases.map(\.rawValue)))
        let values = try decoder.container(keyedBy: CodingKeys.self)
        componentClass = try values.decode(ComponentClass.self, forKey: .componentClass)
        slot = try values.decodeIfPresent(String.self, forKey: .slot)
        name = try values.decodeIfPresent(String.self, forKey: .name)
        quantity = try values.decodeIfPresent(Int.self, forKey: .quantity) ?? 1
        optional = try values.decodeIfPresent(Bool.self, forKey: .optional) ?? false
        alternates = try values.list(forKey: .alternates)
        access = try values.decodeIfPresent(Evidence.Access.self, forKey: .access)
        part = try PartDescription(from: decoder)
    }

    /// Writes the JSON form without defaults.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(componentClass, forKey: .componentClass)
        try values.encodeIfPresent(slot, forKey: .slot)
        try values.encodeIfPresent(name, forKey: .name)
        if quantity != 1 { try values.encode(quantity, forKey: .quantity) }
        if optional { try values.encode(optional, forKey: .optional) }
        try values.encodeUnlessEmpty(alternates, forKey: .alternates)
        try values.encodeIfPresent(access, forKey: .access)
        try part.encode(to: encoder)
    }
}
