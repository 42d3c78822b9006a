/// The cyclic redundancy checks that the formats we read carry.
public enum CyclicRedundancyCheck {
    /// CRC-7 with polynomial x⁷+x³+1, as in SD and MMC registers (SD Physical Layer 4.5).
    ///
    /// The result is the seven-bit value; registers hold it shifted left by one with the end bit set.
    public static func crc7(_ bytes: some Sequence<UInt8>) -> UInt8 {
        var remainder: UInt8 = 0
        for byte in bytes {
            var data = byte
            for _ in 0..<8 {
                remainder <<= 1
                if (data ^ remainder) & 0x80 != 0 { remainder ^= 0x09 }
                data <<= 1
            }
        }
        return remainder & 0x7f
    }

    /// CRC-32 of ISO-HDLC (polynomial 0xEDB88320 reflected), as in GPT headers and PHAT records.
    public static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var remainder: UInt32 = .max
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = (remainder >> 1) ^ (remainder & 1 == 0 ? 0 : 0xedb8_8320) }
        }
        return ~remainder
    }
}
