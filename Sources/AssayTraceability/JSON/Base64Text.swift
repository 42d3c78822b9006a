internal import FoundationEssentials

/// Base64 (RFC 4648, section 4) as text files have it: line breaks and blanks do not count.
enum Base64Text {
    /// The octets; nil when the text is not base64.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8.filter { !($0 == 0x20 || (0x09...0x0d).contains($0)) })
        guard let data = Data(base64Encoded: Data(characters)) else { return nil }
        return [UInt8](data)
    }

    /// The text on one line.
    static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }
}
