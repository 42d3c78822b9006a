/// How a TCG component registry names a part, and the texts that its form gave in the registry's own spelling.
///
/// Nothing in it is compared: it lets a record be written back in the form that it came in.
public struct RegistryEntry: Sendable, Hashable, Codable {
    /// Object identifier of the registry: `2.23.133.18.3.3`; empty where the form did not name one.
    public var registry: String
    /// The four octets of the class as eight lower-case hexadecimal digits.
    public var value: String
    /// Texts that were translated for the comparison, by their name in the form: `MANUFACTURER`, `MODEL` ….
    public var texts: [String: String]

    /// Names a class.
    public init(registry: String, value: String, texts: [String: String] = [:]) {
        self.registry = registry
        self.value = value
        self.texts = texts
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case registry, value, texts }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        registry = try values.decode(String.self, forKey: .registry)
        value = try values.decode(String.self, forKey: .value)
        texts = try values.map(forKey: .texts)
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(registry, forKey: .registry)
        try values.encode(value, forKey: .value)
        try values.encodeUnlessEmpty(texts, forKey: .texts)
    }
}
