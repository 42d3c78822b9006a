internal import AssayBytes

/// A 128-bit register of a memory card, addressed by bit number as the standards do: bit 127 comes first.
struct MMCRegister: Sendable, Hashable {
    /// What the last byte says of the seven-bit checksum over the others.
    enum Checksum: String, Sendable {
        case valid
        case invalid
        /// The host controller dropped the byte, so nothing can be said.
        case absent
    }

    /// The sixteen bytes, most significant first.
    let bytes: [UInt8]

    /// Reads sixteen bytes.
    init(parsing span: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(span)
        bytes = try reader.bytes(16, "register")
        guard reader.isAtEnd else { throw ParseFailure(.badLength, "register", at: 16) }
    }

    /// The register that 32 hexadecimal digits spell, as sysfs prints it.
    init(hex: String) throws(ParseFailure) {
        guard let bytes = Hex.bytes(hex) else { throw ParseFailure(.badValue, "register digits", at: 0) }
        try self.init(parsing: bytes.span.bytes)
    }

    /// The field of bits `high` down to `low`, at most 64 wide.
    func bits(_ high: Int, _ low: Int) -> UInt64 {
        var value: UInt64 = 0
        for bit in stride(from: min(high, 127), through: max(low, 0), by: -1) {
            let byte = bytes[15 - bit / 8]
            value = value << 1 | UInt64(byte >> UInt8(bit % 8) & 1)
        }
        return value
    }

    /// State of the checksum in bits 7 to 1 (SD Physical Layer 9.00, 4.5; JESD84-B51, 8.2.4).
    var checksum: Checksum {
        guard bytes[15] != 0 else { return .absent }
        return CyclicRedundancyCheck.crc7(bytes.prefix(15)) == bytes[15] >> 1 ? .valid : .invalid
    }
}
