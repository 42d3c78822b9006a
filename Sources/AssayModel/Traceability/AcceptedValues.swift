/// One or more values of which any will do; a text or a list of texts in JSON.
public struct AcceptedValues: Sendable, Hashable, Codable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    /// The values, the preferred one first.
    public var values: [String]

    /// Accepts any of `values`.
    public init(_ values: [String]) { self.values = values }
    /// Accepts one value.
    public init(_ value: String) { values = [value] }
    /// Accepts one value.
    public init(stringLiteral value: String) { values = [value] }
    /// Accepts any of the values.
    public init(arrayLiteral elements: String...) { values = elements }

    /// Reads a text or a list that is not empty.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            values = [value]
            return
        }
        values = try container.decode([String].self)
        guard !values.isEmpty else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "an empty list accepts nothing")
        }
    }

    /// Writes a text for one value, a list otherwise.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let only = values.first, values.count == 1 {
            try container.encode(only)
        } else {
            try container.encode(values)
        }
    }
}
