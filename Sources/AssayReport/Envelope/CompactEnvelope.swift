/// The form in which an envelope with one signature travels: the payload, then a line with key id and signature.
///
/// `<payload> LF <keyid> SP <signature in base64> LF`. A canonical payload holds no line feed. Base64 hides from the
/// compressor that digests are hexadecimal, so this form is two thirds of the other's size; the receiver makes the
/// envelope of it again, byte for byte.
enum CompactEnvelope {
    /// The compact form; nil for an envelope that has none.
    static func encode(_ envelope: DSSEEnvelope) -> [UInt8]? {
        guard envelope.payloadType == ReportStatement.payloadType, envelope.signatures.count == 1,
            let signature = envelope.signatures.first, let keyID = signature.keyid, isWord(keyID),
            isWord(signature.sig), !envelope.payload.contains(UInt8(ascii: "\n"))
        else { return nil }
        return envelope.payload + Array("\n\(keyID) \(signature.sig)\n".utf8)
    }

    /// The envelope that `bytes` are the compact form of; nil when they are something else.
    static func decode(_ bytes: [UInt8]) -> DSSEEnvelope? {
        guard bytes.last == UInt8(ascii: "\n"), let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            end < bytes.count - 1, let line = String(validating: bytes[(end + 1)...].dropLast(), as: UTF8.self)
        else { return nil }
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 2, words.allSatisfy(isWord) else { return nil }
        return DSSEEnvelope(
            payload: Array(bytes[..<end]), payloadType: ReportStatement.payloadType,
            signatures: [.init(keyid: words[0], sig: words[1])])
    }

    private static func isWord(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
