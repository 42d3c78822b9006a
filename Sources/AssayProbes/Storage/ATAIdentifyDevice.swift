internal import AssayBytes
internal import AssayModel

/// IDENTIFY DEVICE data of an ATA drive: 256 little-endian words (ACS-4, 7.13.6).
struct ATAIdentifyDevice: Sendable, Hashable {
    /// Whether the drive checks its own data (word 255).
    enum Integrity: String, Sendable {
        case valid
        case invalid
        /// The signature byte is not there.
        case absent
    }

    /// Serial number (words 10 to 19), blanks kept.
    var serial: String
    /// Firmware revision (words 23 to 26), blanks kept.
    var firmware: String
    /// Model number (words 27 to 46), blanks kept.
    var model: String
    /// World-wide name (words 108 to 111), when word 87 says that it is there.
    var worldWideName: String?
    /// Rotations per minute (word 217); 0 for a drive that does not rotate, nil when not stated.
    var rotationRate: UInt16?
    /// Addressable sectors (words 60 and 61, or 100 to 103 with 48-bit addresses).
    var sectors: UInt64
    /// Nominal form factor code (word 168), 0 when not stated.
    var formFactor: UInt16
    /// State of the checksum (word 255).
    var integrity: Integrity
    /// SHA-256 of the data.
    var digest: ContentDigest

    /// Reads the 512 bytes of the data.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        let raw = try reader.bytes(512, "identify device data")
        var words: [UInt16] = []
        for index in 0..<256 { words.append(UInt16(raw[2 * index]) | UInt16(raw[2 * index + 1]) << 8) }
        serial = Self.text(words[10..<20])
        firmware = Self.text(words[23..<27])
        model = Self.text(words[27..<47])
        let hasName = words[87] & 0xc100 == 0x4100
        worldWideName = hasName ? words[108..<112].map { Hex.string($0) }.joined() : nil
        if worldWideName == "0000000000000000" { worldWideName = nil }
        switch words[217] {
        case 1: rotationRate = 0
        case 0x0401...0xfffe: rotationRate = words[217]
        default: rotationRate = nil
        }
        let hasLongAddresses = words[83] & 0xc400 == 0x4400
        let range = hasLongAddresses ? 100..<104 : 60..<62
        sectors = words[range].reversed().reduce(0) { $0 << 16 | UInt64($1) }
        formFactor = words[168] & 0x0f
        digest = .sha256(of: raw)
        let sum = raw.reduce(UInt8(0)) { $0 &+ $1 }
        integrity = words[255] & 0xff != 0xa5 ? .absent : sum == 0 ? .valid : .invalid
    }

    /// Text whose first character is in the high byte of the first word (ACS-4, 3.4.9).
    private static func text(_ words: ArraySlice<UInt16>) -> String {
        DeviceText.decode(words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] })
    }
}
