internal import AssayModel

/// Reads JSON (RFC 8259) once from front to back, without a tree in between.
///
/// A check-in is a kilobyte of JSON that comes from a device: decoding it through a general decoder cost more than
/// checking its signature (docs/decisions/0005). What this reader takes is narrower than what JSON allows where a
/// wider reading would let two readers differ: a field stands once in its object, a number is an integer, text is
/// valid UTF-8. Depth and the number of fields are limited.
struct JSONReader {
    /// Deepest nesting.
    static let depthLimit = 32
    /// Most fields of one object that is read field by field.
    static let fieldLimit = 64

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// A reader at the first of `bytes`.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var malformed: ReportFailure { ReportFailure(.malformed, "JSON at byte \(position)") }

    /// The next byte that is not blank; nil at the end.
    private mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return bytes[position]
            }
        }
        return nil
    }

    private mutating func take(_ character: Unicode.Scalar) throws(ReportFailure) {
        guard peek() == UInt8(ascii: character) else { throw malformed }
        position += 1
    }

    private mutating func takes(_ character: Unicode.Scalar) -> Bool {
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func descend() throws(ReportFailure) {
        depth += 1
        guard depth <= Self.depthLimit else { throw malformed }
    }

    /// Throws when anything but blanks follows.
    mutating func end() throws(ReportFailure) {
        guard peek() == nil else { throw malformed }
    }

    /// Reads an object; `field` reads the value of each name, or leaves it alone to have it skipped.
    mutating func object(
        _ field: (String, inout JSONReader) throws(ReportFailure) -> Void
    ) throws(ReportFailure) {
        try take("{")
        try descend()
        defer { depth -= 1 }
        if takes("}") { return }
        var names: [String] = []
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw malformed }
            let name = try string()
            guard names.count < Self.fieldLimit else { throw ReportFailure(.tooLarge, "fields of an object") }
            guard !names.contains(name) else { throw malformed }
            names.append(name)
            try take(":")
            let start = position
            try field(name, &self)
            if position == start { try skip() }
        } while takes(",")
        try take("}")
    }

    /// Reads an array; `element` reads each value.
    mutating func array(_ element: (inout JSONReader) throws(ReportFailure) -> Void) throws(ReportFailure) {
        try take("[")
        try descend()
        defer { depth -= 1 }
        if takes("]") { return }
        repeat { try element(&self) } while takes(",")
        try take("]")
    }

    /// Whether a null stands here, which is then read.
    mutating func null() throws(ReportFailure) -> Bool {
        guard peek() == UInt8(ascii: "n") else { return false }
        try word("null")
        return true
    }

    private mutating func word(_ text: String) throws(ReportFailure) {
        guard bytes[position...].starts(with: text.utf8) else { throw malformed }
        position += text.utf8.count
    }

    /// Reads an integer.
    mutating func integer() throws(ReportFailure) -> Int64 {
        let isNegative = takes("-")
        if !isNegative { _ = peek() }
        let start = position
        var value: Int64 = 0
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, exceeds) = product.addingReportingOverflow(Int64(bytes[position] - 0x30))
            guard !overflows, !exceeds else { throw malformed }
            value = sum
            position += 1
        }
        guard position > start, bytes[start] != 0x30 || position == start + 1, !isFraction else { throw malformed }
        return isNegative ? -value : value
    }

    private var isFraction: Bool {
        guard position < bytes.count else { return false }
        return [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position])
    }

    /// Reads a text.
    mutating func string() throws(ReportFailure) -> String {
        let range = try plainText()
        if let range {
            guard let text = String(validating: bytes[range], as: UTF8.self) else { throw malformed }
            return text
        }
        return try escapedText()
    }

    /// Reads a text that is a digest.
    mutating func digest() throws(ReportFailure) -> ContentDigest {
        guard let range = try plainText() else { throw malformed }
        let digest = bytes.withUnsafeBytes { ContentDigest(text: UnsafeRawBufferPointer(rebasing: $0[range])) }
        guard let digest else { throw malformed }
        return digest
    }

    /// Reads a text without escapes and gives where it stands; nil, and nothing read, where an escape comes first.
    private mutating func plainText() throws(ReportFailure) -> Range<Int>? {
        try take("\"")
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return start..<position - 1
            case UInt8(ascii: "\\"):
                position = start - 1
                return nil
            case 0..<0x20: throw malformed
            default: position += 1
            }
        }
        throw malformed
    }

    private mutating func escapedText() throws(ReportFailure) -> String {
        try take("\"")
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw malformed }
                return text
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw malformed
            default: text.append(byte)
            }
        }
        throw malformed
    }

    private mutating func escape() throws(ReportFailure) -> [UInt8] {
        guard position < bytes.count else { throw malformed }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try scalar()
        default: throw malformed
        }
    }

    /// The rest of `\uXXXX`, with the second half of a surrogate pair where the first calls for it.
    private mutating func scalar() throws(ReportFailure) -> [UInt8] {
        var value = try codeUnit()
        if (0xd800..<0xdc00).contains(value) {
            guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { throw malformed }
            position += 2
            let low = try codeUnit()
            guard (0xdc00..<0xe000).contains(low) else { throw malformed }
            value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw malformed }
        return Array(String(scalar).utf8)
    }

    private mutating func codeUnit() throws(ReportFailure) -> UInt32 {
        guard position + 4 <= bytes.count else { throw malformed }
        var value: UInt32 = 0
        for digit in bytes[position..<position + 4] {
            switch digit {
            case 0x30...0x39: value = value << 4 | UInt32(digit - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(digit - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(digit - 0x61 + 10)
            default: throw malformed
            }
        }
        position += 4
        return value
    }

    /// Reads a value of any kind and forgets it.
    mutating func skip() throws(ReportFailure) {
        switch peek() {
        case UInt8(ascii: "{"): try skipMembers()
        case UInt8(ascii: "["): try array { reader throws(ReportFailure) in try reader.skip() }
        case UInt8(ascii: "\""): try skipText()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try skipNumber()
        }
    }

    /// Skips an object, whose number of fields does not matter since none is kept.
    private mutating func skipMembers() throws(ReportFailure) {
        try take("{")
        try descend()
        defer { depth -= 1 }
        if takes("}") { return }
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw malformed }
            _ = try string()
            try take(":")
            try skip()
        } while takes(",")
        try take("}")
    }

    private mutating func skipText() throws(ReportFailure) {
        guard try plainText() == nil else { return }
        _ = try escapedText()
    }

    private mutating func skipNumber() throws(ReportFailure) {
        let start = position
        scan: while position < bytes.count {
            switch bytes[position] {
            case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
                UInt8(ascii: "E"):
                position += 1
            default: break scan
            }
        }
        guard position > start, Double(String(decoding: bytes[start..<position], as: UTF8.self)) != nil else {
            throw malformed
        }
    }
}
