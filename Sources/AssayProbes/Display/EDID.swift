internal import AssayBytes

/// The base block of extended display identification data (VESA E-EDID Release A, revision 2, section 3).
struct EDID: Sendable, Hashable {
    /// When a display was made: a year, with the week where it is stated, or the model's year.
    struct Manufacture: Sendable, Hashable, CustomStringConvertible {
        var year: Int
        var week: Int?
        var isModelYear: Bool
        /// ISO 8601 form: `2022-W27`, `2022`.
        var description: String {
            guard let week else { return String(year) }
            return week < 10 ? "\(year)-W0\(week)" : "\(year)-W\(week)"
        }
    }

    private static let header: [UInt8] = [0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0]
    private static let blockSize = 128

    /// Maker's three letters (PNP id); nil when not stated.
    var manufacturer: String?
    /// Maker's code of the product.
    var productCode: UInt16
    /// Number from the fixed field; 0 when not used.
    var serialNumber: UInt32
    /// When it was made; nil when not stated.
    var manufactured: Manufacture?
    /// Version and revision: `1.4`.
    var version: String
    /// Name from the descriptor with tag 0xFC.
    var productName: String?
    /// Serial number from the descriptor with tag 0xFF.
    var serialText: String?
    /// Text from the descriptors with tag 0xFE, joined.
    var text: String?
    /// Blocks that follow, as the base block states.
    var extensionCount: UInt8
    /// Whether the bytes of the base block add up to zero.
    var hasValidChecksum: Bool

    /// Reads the base block; extensions are not looked at.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        guard try reader.bytes(8, "edid header") == Self.header else {
            throw ParseFailure(.badMagic, "edid header", at: 0)
        }
        manufacturer = Self.letters(try reader.uint16BigEndian("manufacturer"))
        productCode = try reader.uint16("product code")
        serialNumber = try reader.uint32("serial number")
        let week = Int(try reader.uint8("week"))
        let year = Int(try reader.uint8("year"))
        manufactured = Self.manufacture(week: week, year: year)
        version = "\(try reader.uint8("version")).\(try reader.uint8("revision"))"
        try reader.seek(to: 54, "descriptors")
        var descriptors: [[UInt8]] = []
        for _ in 0..<4 { descriptors.append(try reader.bytes(18, "descriptor")) }
        extensionCount = try reader.uint8("extension count")
        try reader.skip(1, "checksum")
        var block = ByteReader(bytes)
        hasValidChecksum = try block.bytes(Self.blockSize, "base block").reduce(UInt8(0)) { $0 &+ $1 } == 0
        for descriptor in descriptors { add(descriptor: descriptor) }
    }

    /// Takes text from a display descriptor; detailed timings start with a pixel clock that is not zero.
    private mutating func add(descriptor: [UInt8]) {
        guard descriptor[0] == 0, descriptor[1] == 0, descriptor[2] == 0 else { return }
        let body = DeviceText.decode(descriptor[5...].prefix { $0 != 0x0a })
        switch descriptor[3] {
        case 0xfc: productName = Self.joined(productName, body)
        case 0xff: serialText = Self.joined(serialText, body)
        case 0xfe: text = text.map { $0 + " " + body } ?? body
        default: return
        }
    }

    /// A text that fills its descriptor goes on in the next one of its kind; otherwise the first that is not blank counts.
    private static func joined(_ text: String?, _ next: String) -> String {
        guard let text, DeviceText.normalize(text) != nil else { return next }
        return text.utf8.count.isMultiple(of: 13) ? text + next : text
    }

    private static func letters(_ code: UInt16) -> String? {
        // 1 to 26 are letters; makers without an assigned id use the other values too.
        let values = [code >> 10 & 31, code >> 5 & 31, code & 31]
        guard code != 0 else { return nil }
        return String(decoding: values.map { UInt8($0) + 0x40 }, as: UTF8.self)
    }

    /// Section 3.4.4: weeks 1 to 54, 0 for none, 255 for the model's year.
    private static func manufacture(week: Int, year: Int) -> Manufacture? {
        guard year > 0 || week > 0 else { return nil }
        let isWeek = (1...54).contains(week)
        return Manufacture(year: 1990 + year, week: isWeek ? week : nil, isModelYear: week == 0xff)
    }
}
