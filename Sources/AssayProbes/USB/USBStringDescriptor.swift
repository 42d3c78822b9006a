package import AssayBytes

/// A string descriptor (USB 2.0, 9.6.7).
package enum USBStringDescriptor {
    /// Text of the descriptor at the start of `bytes`; lone surrogates are replaced.
    package static func text(parsing bytes: RawSpan) throws(ParseFailure) -> String {
        String(decoding: try words(parsing: bytes), as: UTF16.self)
    }

    /// The language ids of string descriptor zero, or the UTF-16 words of any other.
    package static func words(parsing bytes: RawSpan) throws(ParseFailure) -> [UInt16] {
        var reader = ByteReader(bytes)
        let length = Int(try reader.uint8("string descriptor"))
        guard try reader.uint8("string descriptor") == USBDescriptor.Kind.string else {
            throw ParseFailure(.badMagic, "string descriptor", at: 1)
        }
        guard length >= 2, length.isMultiple(of: 2) else { throw ParseFailure(.badLength, "string descriptor", at: 0) }
        var words: [UInt16] = []
        while reader.offset < length { words.append(try reader.uint16("string descriptor")) }
        return words
    }
}
