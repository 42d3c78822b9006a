/// A text with wild cards, for part numbers and serials of a known form.
///
/// `#` stands for a digit, `@` for a letter, `?` for any one character, `*` for any run; everything else stands for
/// itself, letters without case.
package struct ShapePattern: Sendable, Hashable {
    private let text: [UInt8]

    /// Reads a pattern.
    package init(_ text: String) { self.text = Array(text.lowercased().utf8) }

    /// Whether the whole of `candidate` has this shape; takes the product of both lengths at most.
    package func matches(_ candidate: String) -> Bool {
        let bytes = Array(candidate.lowercased().utf8)
        var position = 0
        var next = 0
        var star: (pattern: Int, text: Int)?
        while position < bytes.count {
            if next < text.count, text[next] == UInt8(ascii: "*") {
                star = (next, position)
                next += 1
            } else if next < text.count, Self.fits(bytes[position], text[next]) {
                next += 1
                position += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                next = last.pattern + 1
                position = last.text + 1
            } else {
                return false
            }
        }
        return text[next...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    private static func fits(_ byte: UInt8, _ pattern: UInt8) -> Bool {
        switch pattern {
        case UInt8(ascii: "#"): (0x30...0x39).contains(byte)
        case UInt8(ascii: "@"): (0x61...0x7a).contains(byte)
        case UInt8(ascii: "?"): true
        default: byte == pattern
        }
    }
}
