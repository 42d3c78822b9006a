/// A link-layer address that a record states for a part.
public struct NetworkAddress: Sendable, Hashable, Codable {
    /// What speaks under the address.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case ethernet, wlan, bluetooth
        /// A kind that the record's form names by a number which this version does not know.
        case other
    }

    /// What speaks under it.
    public var kind: Kind
    /// `8c:0f:6f:72:c6:c5`; text that is no address stays as it was written.
    public var value: String

    /// Takes an address in any usual spelling: with colons, hyphens, dots or without anything.
    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        value = Self.canonical(text) ?? text
    }

    /// Whether the text is six octets (EUI-48) or eight (EUI-64).
    public var isWellFormed: Bool { Self.canonical(value) != nil }

    private static func canonical(_ text: String) -> String? {
        var digits: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x66: digits.append(byte)
            case 0x41...0x46: digits.append(byte | 0x20)
            case 0x20, 0x2d, 0x2e, 0x3a: continue
            default: return nil
            }
        }
        guard digits.count == 12 || digits.count == 16 else { return nil }
        let pairs = stride(from: 0, to: digits.count, by: 2).map {
            String(decoding: digits[$0...($0 + 1)], as: UTF8.self)
        }
        return pairs.joined(separator: ":")
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case kind, value }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(Kind.self, forKey: .kind), try values.decode(String.self, forKey: .value))
    }
}
