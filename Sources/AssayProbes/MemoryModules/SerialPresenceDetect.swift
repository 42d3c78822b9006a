internal import AssayBytes

/// The serial presence detect data of a memory module (JEDEC Standard 21-C: annex K for DDR3, annex L for DDR4; JESD400-5 for
/// DDR5).
struct SerialPresenceDetect: Sendable, Hashable {
    /// State of the checksum over the base configuration.
    enum Integrity: String, Sendable {
        case valid
        case invalid
        /// The data ends before it.
        case absent
    }

    /// Where one generation keeps its fields.
    private struct Layout {
        var maker: Int
        var part: Range<Int>
        var dramMaker: Int
        var checksum: Int
        /// First byte after what the checksum covers.
        var covered: Int
    }

    /// Key byte of the memory type: 0x0B DDR3, 0x0C DDR4, 0x12 DDR5 ….
    var typeCode: UInt8
    /// Name of the type; nil for an unknown code.
    var typeName: String?
    /// Module maker's JEP106 bytes as stored: continuation count, then code, parity bits included.
    var moduleMaker: UInt16?
    /// DRAM maker's JEP106 bytes as stored.
    var dramMaker: UInt16?
    /// Module part number, blanks kept.
    var partNumber: String?
    /// Module serial number, 0 when not programmed.
    var serialNumber: UInt32?
    /// Manufacturing year and week in binary-coded decimal: `2023-W14`.
    var manufactured: String?
    /// State of the checksum.
    var integrity: Integrity

    /// Reads an image; what lies beyond its end is nil.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        let image = try reader.bytes(bytes.byteCount, "spd image")
        guard image.count >= 128 else { throw ParseFailure(.truncated, "spd image", at: image.count) }
        typeCode = image[2]
        typeName = Self.typeNames[typeCode]
        guard let layout = Self.layout(image) else {
            throw ParseFailure(.unsupported, "memory type 0x\(Hex.string(typeCode))", at: 2)
        }
        integrity = Self.integrity(image, layout)
        if layout.part.upperBound <= image.count { partNumber = DeviceText.decode(image[layout.part]) }
        dramMaker = layout.dramMaker + 1 < image.count ? Self.word(image, layout.dramMaker) : nil
        guard layout.maker + 8 < image.count else { return }
        moduleMaker = Self.word(image, layout.maker)
        // Location, two bytes of date and four of serial number follow the maker in every generation.
        manufactured = Self.date(year: image[layout.maker + 3], week: image[layout.maker + 4])
        serialNumber = image[(layout.maker + 5)..<(layout.maker + 9)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Codes of byte 2 that JEDEC assigned.
    private static let typeNames: [UInt8: String] = [
        0x0b: "DDR3", 0x0c: "DDR4", 0x0e: "DDR4E", 0x0f: "LPDDR3", 0x10: "LPDDR4", 0x11: "LPDDR4X", 0x12: "DDR5",
        0x13: "LPDDR5", 0x15: "LPDDR5X",
    ]

    private static func layout(_ image: [UInt8]) -> Layout? {
        switch image[2] {
        case 0x0b, 0x0f:
            // Bit 7 of byte 0 says whether the checksum leaves out the bytes that differ from module to module.
            Layout(
                maker: 117, part: 128..<146, dramMaker: 148, checksum: 126, covered: image[0] & 0x80 == 0 ? 126 : 117)
        case 0x0c, 0x0e, 0x10, 0x11:
            Layout(maker: 320, part: 329..<349, dramMaker: 350, checksum: 126, covered: 126)
        case 0x12, 0x13, 0x15:
            Layout(maker: 512, part: 521..<551, dramMaker: 552, checksum: 510, covered: 510)
        default: nil
        }
    }

    private static func integrity(_ image: [UInt8], _ layout: Layout) -> Integrity {
        guard layout.checksum + 1 < image.count else { return .absent }
        let stated = UInt16(image[layout.checksum]) | UInt16(image[layout.checksum + 1]) << 8
        return crc16(image[..<layout.covered]) == stated ? .valid : .invalid
    }

    /// CRC-16 with polynomial x¹⁶+x¹²+x⁵+1 and initial value 0 (annex L, 8.8).
    private static func crc16(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        var remainder: UInt16 = 0
        for byte in bytes {
            remainder ^= UInt16(byte) << 8
            for _ in 0..<8 { remainder = remainder & 0x8000 == 0 ? remainder << 1 : remainder << 1 ^ 0x1021 }
        }
        return remainder
    }

    private static func word(_ image: [UInt8], _ offset: Int) -> UInt16 {
        UInt16(image[offset]) << 8 | UInt16(image[offset + 1])
    }

    private static func date(year: UInt8, week: UInt8) -> String? {
        guard let year = decimal(year), let week = decimal(week), (1...53).contains(week) else { return nil }
        return week < 10 ? "\(2000 + year)-W0\(week)" : "\(2000 + year)-W\(week)"
    }

    private static func decimal(_ byte: UInt8) -> Int? {
        let (high, low) = (Int(byte >> 4), Int(byte & 15))
        return high < 10 && low < 10 ? high * 10 + low : nil
    }
}
