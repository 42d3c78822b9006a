/// Which versions are allowed; in JSON a text (that version), a list (any of these) or an object with a range.
public struct VersionRequirement: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    /// Allowed versions; empty when only the range decides.
    public var versions: [String]
    /// Lowest allowed version.
    public var minimum: String?
    /// Highest allowed version.
    public var maximum: String?

    /// Allows the listed versions and those inside the range.
    public init(versions: [String] = [], minimum: String? = nil, maximum: String? = nil) {
        self.versions = versions
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Allows one version.
    public init(stringLiteral value: String) { self.init(versions: [value]) }

    /// Whether nothing is required.
    public var isEmpty: Bool { versions.isEmpty && minimum == nil && maximum == nil }

    /// The requirement in words.
    public var description: String {
        var parts: [String] = []
        if !versions.isEmpty { parts.append(versions.joined(separator: " or ")) }
        switch (minimum, maximum) {
        case (let low?, let high?): parts.append("\(low) to \(high)")
        case (let low?, nil): parts.append("\(low) or later")
        case (nil, let high?): parts.append("at most \(high)")
        case (nil, nil): break
        }
        return parts.joined(separator: " or ")
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case versions, minimum, maximum }

    /// Reads any of the three forms.
    public init(from decoder: any Decoder) throws {
        if let accepted = try? AcceptedValues(from: decoder) {
            self.init(versions: accepted.values)
            return
        }
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            versions: try values.list(forKey: .versions),
            minimum: try values.decodeIfPresent(String.self, forKey: .minimum),
            maximum: try values.decodeIfPresent(String.self, forKey: .maximum))
    }

    /// Writes the shortest form.
    public func encode(to encoder: any Encoder) throws {
        if minimum == nil && maximum == nil && !versions.isEmpty {
            return try AcceptedValues(versions).encode(to: encoder)
        }
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeUnlessEmpty(versions, forKey: .versions)
        try values.encodeIfPresent(minimum, forKey: .minimum)
        try values.encodeIfPresent(maximum, forKey: .maximum)
    }
}
