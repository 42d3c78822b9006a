internal import AssayBytes

/// The SCR register of an SD card (SD Physical Layer 9.00, 5.6).
struct SDConfiguration: Sendable, Hashable {
    /// Physical layer version that the card claims: `2.00`, `3.0X`, `6.XX` …; nil for a reserved combination.
    var specification: String?
    /// Security code (SD_SECURITY): 2 SDSC, 3 SDHC, 4 SDXC.
    var security: UInt8
    /// Whether the card can use four data lines.
    var hasFourLines: Bool

    /// Reads the eight bytes.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        let value = try reader.uint64BigEndian("scr")
        guard value >> 60 == 0 else { throw ParseFailure(.unsupported, "scr structure", at: 0) }
        security = UInt8(value >> 52 & 7)
        hasFourLines = value >> 50 & 1 == 1
        let version = value >> 56 & 15
        let (isThree, isFour, extended) = (value >> 47 & 1 == 1, value >> 42 & 1 == 1, value >> 38 & 15)
        specification = Self.specification(version, isThree, isFour, extended)
    }

    /// Table 5-17 of the standard.
    private static func specification(_ version: UInt64, _ isThree: Bool, _ isFour: Bool, _ extended: UInt64) -> String?
    {
        switch (version, isThree, isFour, extended) {
        case (0, false, false, 0): "1.01"
        case (1, false, false, 0): "1.10"
        case (2, false, false, 0): "2.00"
        case (2, true, false, 0): "3.0X"
        case (2, true, true, 0): "4.XX"
        case (2, true, _, 1...5): "\(extended + 4).XX"
        default: nil
        }
    }
}
