internal import FoundationEssentials

/// The one JSON form that is hashed, signed, stored and shown: keys in code-unit order, no blanks, slashes unescaped.
public enum CanonicalJSON {
    /// Encodes `value` on one line without a line feed.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    /// Encodes `value` with line breaks and indentation, for people.
    public static func encodeForPeople(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return [UInt8](try encoder.encode(value))
    }

    /// Decodes a value from JSON bytes of any layout.
    public static func decode<T: Decodable>(_ type: T.Type, from bytes: some Sequence<UInt8>) throws -> T {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
