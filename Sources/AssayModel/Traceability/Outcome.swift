/// What became of one expected or found part.
public struct Outcome: Sendable, Hashable, Codable {
    /// How it came out.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The part is what the record says.
        case matched
        /// The part is one that may stand in for the first choice.
        case matchedAlternate = "matched-alternate"
        /// A part is there, and differs.
        case mismatched
        /// The part is not there.
        case missing
        /// A part is there that nothing expects.
        case unexpected
        /// Two parts of this device carry one serial.
        case duplicate
        /// What is there cannot be told.
        case notVerifiable = "not-verifiable"
        /// The part belongs to another device.
        case moved
    }

    /// How it came out.
    public var kind: Kind
    /// Kind of part.
    public var componentClass: ComponentClass
    /// Where it is, or where it should be.
    public var location: String?
    /// The expected part in words; nil when nothing was expected.
    public var expected: String?
    /// The found part in words; nil when nothing was found.
    public var observed: String?
    /// Fields that decided or are worth a note.
    public var fields: [FieldDifference]
    /// Rule that speaks of such an outcome: `trace/mismatched-component`.
    public var rule: String
    /// Record that set the expectation: `profile acme-edge v3 component #2`.
    public var source: String
    /// Normalisations and reasons in words.
    public var notes: [String]
    /// `notice` when the difference decides nothing; nil otherwise.
    public var reaction: Reaction?
    /// Path that the observation comes from, or where it should have come from.
    public var path: String?
    /// Probe that made the observation.
    public var probe: String?

    /// Describes an outcome.
    public init(
        _ kind: Kind, _ componentClass: ComponentClass, at location: String?, expected: String? = nil,
        observed: String? = nil, fields: [FieldDifference] = [], rule: String, source: String, notes: [String] = [],
        reaction: Reaction? = nil, path: String? = nil, probe: String? = nil
    ) {
        self.kind = kind
        self.componentClass = componentClass
        self.location = location
        self.expected = expected
        self.observed = observed
        self.fields = fields
        self.rule = rule
        self.source = source
        self.notes = notes
        self.reaction = reaction
        self.path = path
        self.probe = probe
    }

    /// Whether a unit with this outcome fails.
    public var fails: Bool {
        switch kind {
        case .matched, .matchedAlternate, .notVerifiable: false
        case .mismatched, .missing, .unexpected, .duplicate, .moved: reaction != .notice
        }
    }

    private enum CodingKeys: String, CodingKey {
        case kind = "outcome"
        case componentClass = "class"
        case location, expected, observed, fields, rule, source, notes, reaction, path, probe
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        kind = try values.decode(Kind.self, forKey: .kind)
        componentClass = try values.decode(ComponentClass.self, forKey: .componentClass)
        location = try values.decodeIfPresent(String.self, forKey: .location)
        expected = try values.decodeIfPresent(String.self, forKey: .expected)
        observed = try values.decodeIfPresent(String.self, forKey: .observed)
        fields = try values.list(forKey: .fields)
        rule = try values.decode(String.self, forKey: .rule)
        source = try values.decode(String.self, forKey: .source)
        notes = try values.list(forKey: .notes)
        reaction = try values.decodeIfPresent(Reaction.self, forKey: .reaction)
        path = try values.decodeIfPresent(String.self, forKey: .path)
        probe = try values.decodeIfPresent(String.self, forKey: .probe)
    }

    /// Writes the eight keys of the contract always, with null for what does not exist, and the others where stated.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(kind, forKey: .kind)
        try values.encode(componentClass, forKey: .componentClass)
        try values.encode(location, forKey: .location)
        try values.encode(expected, forKey: .expected)
        try values.encode(observed, forKey: .observed)
        try values.encode(fields, forKey: .fields)
        try values.encode(rule, forKey: .rule)
        try values.encode(source, forKey: .source)
        try values.encodeUnlessEmpty(notes, forKey: .notes)
        try values.encodeIfPresent(reaction, forKey: .reaction)
        try values.encodeIfPresent(path, forKey: .path)
        try values.encodeIfPresent(probe, forKey: .probe)
    }
}

/// One field of an outcome.
public struct FieldDifference: Sendable, Hashable, Codable {
    /// Field name: `serial`, `ids.device`, `location`.
    public var name: String
    /// What the record says.
    public var expected: String?
    /// What was read.
    public var observed: String?
    /// Why it counts or does not: a normalisation, a rule, an unreadable path.
    public var note: String?

    /// Describes one field.
    public init(name: String, expected: String?, observed: String?, note: String? = nil) {
        self.name = name
        self.expected = expected
        self.observed = observed
        self.note = note
    }
}
