/// How a difference in one field counts.
public enum FieldRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// The field is not compared.
    case ignore
    /// The values must be equal after normalisation.
    case exact
    /// The observed version must not be lower than the expected one.
    case minimum
    /// A difference is noted and decides nothing.
    case notice
}

/// What a part that is missing or too many leads to.
public enum Reaction: String, Sendable, Hashable, Codable, CaseIterable {
    /// The unit fails.
    case fail
    /// The difference is shown and decides nothing.
    case notice
    /// The difference is not shown.
    case ignore
}

/// How parts of one class are compared.
public struct ClassPolicy: Sendable, Hashable, Codable {
    /// Rule by field name: `serial`, `location`, `ids.subsystemDevice`, `properties.*` …; a stated field without a rule
    /// is compared exactly, except `location`, which is a notice.
    public var fields: [String: FieldRule]
    /// What a part that nothing expects leads to; fail when absent.
    public var unexpected: Reaction?
    /// What an expected part that is not there leads to; fail when absent.
    public var missing: Reaction?
    /// What two parts with one serial lead to; fail when absent, for classes whose serials name separable parts.
    public var duplicate: Reaction?
    /// Weakest evidence that counts for this class; `reported` when absent.
    public var access: Evidence.Access?
    /// Why the policy is as it is, for the next reader.
    public var reason: String?

    /// A policy that compares all stated fields exactly and fails on every difference.
    public init(
        fields: [String: FieldRule] = [:], unexpected: Reaction? = nil, missing: Reaction? = nil,
        duplicate: Reaction? = nil, access: Evidence.Access? = nil, reason: String? = nil
    ) {
        self.fields = fields
        self.unexpected = unexpected
        self.missing = missing
        self.duplicate = duplicate
        self.access = access
        self.reason = reason
    }

    /// The rule for `field`, its own entry before that of its group (`properties.*`).
    public func rule(for field: String) -> FieldRule? {
        if let rule = fields[field] { return rule }
        guard let dot = field.firstIndex(of: ".") else { return nil }
        return fields[field[..<dot] + ".*"]
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case fields, unexpected, missing, duplicate, access, reason
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        fields = try values.map(forKey: .fields)
        unexpected = try values.decodeIfPresent(Reaction.self, forKey: .unexpected)
        missing = try values.decodeIfPresent(Reaction.self, forKey: .missing)
        duplicate = try values.decodeIfPresent(Reaction.self, forKey: .duplicate)
        access = try values.decodeIfPresent(Evidence.Access.self, forKey: .access)
        reason = try values.decodeIfPresent(String.self, forKey: .reason)
    }

    /// Writes what is stated.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeUnlessEmpty(fields, forKey: .fields)
        try values.encodeIfPresent(unexpected, forKey: .unexpected)
        try values.encodeIfPresent(missing, forKey: .missing)
        try values.encodeIfPresent(duplicate, forKey: .duplicate)
        try values.encodeIfPresent(access, forKey: .access)
        try values.encodeIfPresent(reason, forKey: .reason)
    }
}

extension Evidence.Access {
    /// How far the path can be trusted: 0 is the part itself.
    public var weakness: Int {
        switch self {
        case .direct: 0
        case .reported: 1
        case .bridged: 2
        case .virtual: 3
        }
    }
}
