internal import AssayBytes

/// The CSD register: structure, capacity and limits of a card (SD Physical Layer 9.00, 5.3; JESD84-B51, 7.3).
struct MMCCardSpecificData: Sendable, Hashable {
    /// Structure version: `1.0`, `2.0`, `3.0` on SD; `1.0`, `1.1`, `1.2` or `ext` (see EXT_CSD) on eMMC.
    var structure: String
    /// Specification version of an eMMC (SPEC_VERS), nil on SD.
    var specificationVersion: UInt8?
    /// Capacity in bytes; nil when the register leaves it to EXT_CSD.
    var capacity: UInt64?
    /// Longest read block in bytes (READ_BL_LEN); nil for a reserved value.
    var readBlockLength: UInt64?
    /// Maximum transfer rate of one data line in kbit/s (TRAN_SPEED); nil for a reserved value.
    var transferRate: UInt64?
    /// Card command classes (CCC), one bit for each.
    var commandClasses: UInt16
    /// Whether the content is marked as a copy.
    var isCopy: Bool
    /// Whether the card is write-protected for good.
    var isPermanentlyWriteProtected: Bool
    /// State of the checksum.
    var checksum: MMCRegister.Checksum

    /// Decodes `register`; an unknown structure version is ``ParseFailure/Code/unsupported``.
    init(_ register: MMCRegister, standard: MMCCardIdentification.Standard) throws(ParseFailure) {
        let version = register.bits(127, 126)
        let blockLength = register.bits(83, 80)
        readBlockLength = (9...11).contains(blockLength) ? 1 << blockLength : nil
        switch standard {
        case .sd:
            guard version < 3 else { throw ParseFailure(.unsupported, "csd structure", at: 0) }
            structure = "\(version + 1).0"
            capacity = Self.capacity(register, sdVersion: version, blockLength: blockLength)
        case .eMMC:
            structure = version == 3 ? "ext" : "1.\(version)"
            specificationVersion = UInt8(register.bits(125, 122))
            // All ones: more than 2 GiB, counted by SEC_COUNT in EXT_CSD (JESD84-B51, 7.3.12).
            capacity = register.bits(73, 62) == 0xfff ? nil : Self.classicCapacity(register, blockLength)
        }
        transferRate = Self.transferRate(register.bits(103, 96))
        commandClasses = UInt16(register.bits(95, 84))
        isCopy = register.bits(14, 14) == 1
        isPermanentlyWriteProtected = register.bits(13, 13) == 1
        checksum = register.checksum
    }

    private static func capacity(_ register: MMCRegister, sdVersion: UInt64, blockLength: UInt64) -> UInt64 {
        switch sdVersion {
        case 0: classicCapacity(register, blockLength)
        case 1: (register.bits(69, 48) + 1) << 19
        default: (register.bits(75, 48) + 1) << 19
        }
    }

    /// (C_SIZE + 1) × 2^(C_SIZE_MULT + 2) × 2^READ_BL_LEN (SD Physical Layer 9.00, 5.3.2).
    private static func classicCapacity(_ register: MMCRegister, _ blockLength: UInt64) -> UInt64 {
        (register.bits(73, 62) + 1) << (register.bits(49, 47) + 2 + blockLength)
    }

    /// Unit in bits 2 to 0, mantissa in bits 6 to 3 (SD Physical Layer 9.00, table 5-6).
    private static func transferRate(_ code: UInt64) -> UInt64? {
        let units: [UInt64] = [100, 1000, 10_000, 100_000]
        let mantissas: [UInt64] = [0, 10, 12, 13, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 70, 80]
        let (unit, mantissa) = (Int(code & 7), Int(code >> 3 & 15))
        guard unit < units.count, mantissa > 0 else { return nil }
        return units[unit] * mantissas[mantissa] / 10
    }
}
