/// Base64 (RFC 4648, 4 and 5) with exactly one accepted spelling for each byte string and alphabet.
///
/// A decoder that forgives stray bits or blanks lets somebody change an envelope without changing what it decodes to.
package enum Base64 {
    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let padding = UInt8(ascii: "=")
    private static let standardValues = values(of: standard)
    private static let urlSafeValues = values(of: urlSafe)

    /// The value of each character; 64 for those that are not in the alphabet.
    private static func values(of alphabet: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }

    /// Encodes with the standard alphabet and padding.
    package static func encode(_ bytes: some Collection<UInt8>) -> String { encode(bytes, standard, padded: true) }

    /// Encodes with the URL-safe alphabet, without padding.
    package static func encodeURLSafe(_ bytes: some Collection<UInt8>) -> String {
        encode(bytes, urlSafe, padded: false)
    }

    /// Decodes padded text of either alphabet; nil for anything that the encoder would not have written.
    package static func decode(_ text: String) -> [UInt8]? {
        decode(text, standardValues, padded: true) ?? decode(text, urlSafeValues, padded: true)
    }

    /// Decodes unpadded URL-safe text; nil for anything that the encoder would not have written.
    package static func decodeURLSafe(_ text: String) -> [UInt8]? { decode(text, urlSafeValues, padded: false) }

    private static func encode(_ bytes: some Collection<UInt8>, _ alphabet: [UInt8], padded: Bool) -> String {
        let capacity = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: capacity) { characters in
            var pending: UInt32 = 0
            var bits = 0
            var count = 0
            func append(_ value: UInt32) {
                characters[count] = alphabet[Int(value & 63)]
                count += 1
            }
            for byte in bytes {
                pending = pending << 8 | UInt32(byte)
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    append(pending >> UInt32(bits))
                }
            }
            if bits > 0 { append(pending << UInt32(6 - bits)) }
            while padded, count < capacity {
                characters[count] = padding
                count += 1
            }
            return count
        }
    }

    private static func decode(_ text: String, _ values: [UInt8], padded: Bool) -> [UInt8]? {
        var text = text
        return text.withUTF8 { decode($0, values, padded: padded) }
    }

    private static func decode(_ text: UnsafeBufferPointer<UInt8>, _ values: [UInt8], padded: Bool) -> [UInt8]? {
        var characters = text[...]
        if padded {
            guard characters.count.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where characters.last == padding { characters.removeLast() }
        }
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3 + 3)
        var pending: UInt32 = 0
        var bits = 0
        for character in characters {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            pending = (pending << 6 | UInt32(value)) & 0xffff
            bits += 6
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
        }
        // The bits that no byte needs must be zero (RFC 4648, 3.5).
        guard pending & (1 << UInt32(bits) &- 1) == 0 else { return nil }
        return bytes
    }
}
