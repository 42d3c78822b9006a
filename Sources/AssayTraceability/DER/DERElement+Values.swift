internal import AssayBytes

extension DERElement {
    /// An integer in lower-case hexadecimal without leading zeros; a negative one, which no serial number is, as it is
    /// encoded.
    var integerHex: String {
        let digits = Hex.string(content).drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }

    /// A small number that is not negative.
    func smallInteger(_ what: String) throws(ParseFailure) -> Int {
        guard (1...4).contains(content.count), content.first.map({ $0 & 0x80 == 0 }) == true else {
            throw ParseFailure(.badValue, what, at: offset)
        }
        return content.reduce(0) { $0 << 8 | Int($1) }
    }

    /// A truth value; encoders that write 1 for true are tolerated.
    func boolean(_ what: String) throws(ParseFailure) -> Bool {
        guard let octet = content.first, content.count == 1 else { throw ParseFailure(.badLength, what, at: offset) }
        return octet != 0
    }

    /// An object identifier in dotted form (X.690, 8.19).
    func objectIdentifier(_ what: String) throws(ParseFailure) -> String {
        guard !content.isEmpty, content.count <= 64, content.last.map({ $0 & 0x80 == 0 }) == true else {
            throw ParseFailure(.badValue, what, at: offset)
        }
        var arcs: [UInt64] = []
        var arc: UInt64 = 0
        for octet in content {
            guard arc <= UInt64.max >> 7 else { throw ParseFailure(.tooLarge, what, at: offset) }
            arc = arc << 7 | UInt64(octet & 0x7f)
            guard octet & 0x80 == 0 else { continue }
            if arcs.isEmpty {
                let top = min(arc / 40, 2)
                arcs = [top, arc - top * 40]
            } else {
                arcs.append(arc)
            }
            arc = 0
        }
        return arcs.map { String($0) }.joined(separator: ".")
    }

    /// A text of any of the string types; control characters become blanks.
    func text(_ what: String) throws(ParseFailure) -> String {
        let limit = 65_536
        guard content.count <= limit else { throw ParseFailure(.tooLarge, what, at: offset) }
        // BMPString: two octets for each character.
        if tag == 0x1e {
            guard content.count.isMultiple(of: 2) else { throw ParseFailure(.badLength, what, at: offset) }
            let units = stride(from: content.startIndex, to: content.endIndex, by: 2)
                .map { UInt16(content[$0]) << 8 | UInt16(content[$0 + 1]) }
            return Self.printable(String(decoding: units, as: UTF16.self))
        }
        if let text = String(validating: content, as: UTF8.self) { return Self.printable(text) }
        return Self.printable(String(content.map { Character(Unicode.Scalar($0)) }))
    }

    private static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else { return text }
        return String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : $0 }))
    }

    /// A time as RFC 3339 text: GeneralizedTime, or UTCTime with the century of RFC 5280, 4.1.2.5.1.
    func time(_ what: String) throws(ParseFailure) -> String {
        var digits = Array(content)
        guard digits.popLast() == UInt8(ascii: "Z"), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw ParseFailure(.badValue, what, at: offset)
        }
        if tag == 0x17, digits.count == 12 {
            digits = Array(digits[0] >= 0x35 ? "19".utf8 : "20".utf8) + digits
        }
        guard digits.count == 14 else { throw ParseFailure(.badLength, what, at: offset) }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
    }

    /// The octets of a bit string that uses all of its bits.
    func bitString(_ what: String) throws(ParseFailure) -> ArraySlice<UInt8> {
        guard tag == DERTag.bitString || tag & 0xc0 == 0x80, let unused = content.first, unused < 8 else {
            throw ParseFailure(.badValue, what, at: offset)
        }
        return content.dropFirst()
    }
}
