/// The form in which an envelope with one signature travels: the payload, then a line with key id and signature.
///
/// `<payload> LF <keyid> SP <signature in base64> LF`. A canonical payload holds no line feed. Base64 hides from the
/// compressor that digests are hexadecimal, so this form is two thirds of the other's size; the receiver makes the
/// envelope of it again, byte for byte.
enum CompactEnvelope {
    /// The compact form; nil for an envelope that has none.
    static func encode(_ envelope: DSSEEnvelope) -> [UInt8]? {
        guard envelope.payloadType == ReportStatement.payloadType, envelope.signatures.count == 1,
            let signature = envelope.signatures.first, let keyID = signature.keyid, isWord(keyID.utf8),
            isWord(signature.sig.utf8), !envelope.payload.contains(UInt8(ascii: "\n"))
        else { return nil }
        return envelope.payload + Array("\n\(keyID) \(signature.sig)\n".utf8)
    }

    /// The envelope that `bytes` are the compact form of; nil when they are something else.
    static func decode(_ bytes: [UInt8]) -> DSSEEnvelope? {
        guard bytes.last == UInt8(ascii: "\n"), let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let blank = bytes[(end + 1)...].firstIndex(of: UInt8(ascii: " "))
        else { return nil }
        let keyID = bytes[(end + 1)..<blank]
        let signature = bytes[(blank + 1)...].dropLast()
        guard isWord(keyID), isWord(signature) else { return nil }
        return DSSEEnvelope(
            payload: Array(bytes[..<end]), payloadType: ReportStatement.payloadType,
            signatures: [
                .init(keyid: String(decoding: keyID, as: UTF8.self), sig: String(decoding: signature, as: UTF8.self))
            ])
    }

    private static func isWord(_ text: some Collection<UInt8>) -> Bool {
        (1...256).contains(text.count) && text.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
