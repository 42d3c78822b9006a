/// A content digest with its algorithm, written `sha256:<hex>`.
public struct ContentDigest: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// The algorithm and the lower-case hexadecimal value, separated by a colon.
    public let description: String

    /// Wraps the 64 lower-case hexadecimal digits of a SHA-256.
    public init(sha256Hex hex: String) { description = "sha256:" + hex }

    /// Reads `sha256:<64 hex digits>`; nil for any other text.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 71, text.hasPrefix("sha256:") else { return nil }
        guard bytes[7...].allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
        description = text
    }

    /// The hexadecimal digits without the algorithm.
    public var hex: String { String(description.dropFirst(7)) }

    /// Decodes the text form and refuses anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = ContentDigest(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a sha256 digest")
        }
        self = digest
    }

    /// Encodes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Orders digests by their text.
    public static func < (left: ContentDigest, right: ContentDigest) -> Bool { left.description < right.description }
}
