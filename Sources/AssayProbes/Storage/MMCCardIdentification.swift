internal import AssayBytes

/// The CID register: who made a card, when, and its serial number (SD Physical Layer 9.00, 5.2; JESD84-B51, 7.2).
struct MMCCardIdentification: Sendable, Hashable {
    /// Which standard lays out the register.
    enum Standard: String, Sendable {
        case sd
        case eMMC = "mmc"
    }

    /// A month of manufacture.
    struct Month: Sendable, Hashable, CustomStringConvertible {
        var year: Int
        var month: Int
        /// ISO 8601 form: `2015-11`.
        var description: String { month < 10 ? "\(year)-0\(month)" : "\(year)-\(month)" }
    }

    /// Manufacturer id (MID), assigned by the SD-3C or JEDEC.
    var manufacturerID: UInt8
    /// OEM or application id (OID): two characters on SD, one byte with the device type before it on eMMC.
    var oemID: UInt16
    /// Product name (PNM), blanks kept: five characters on SD, six on eMMC.
    var productName: String
    /// Product revision (PRV) as its two nibbles: `1.0`.
    var productRevision: String
    /// Product serial number (PSN).
    var serialNumber: UInt32
    /// Month of manufacture (MDT); nil when the field holds no month.
    var manufactured: Month?
    /// State of the checksum.
    var checksum: MMCRegister.Checksum

    /// Decodes `register`.
    ///
    /// An eMMC counts its years from 1997, and from 2013 once its EXT_CSD revision is above 4 (JESD84-B51, 7.2.7);
    /// `extendedRevision` is that revision.
    init(_ register: MMCRegister, standard: Standard, extendedRevision: UInt64? = nil) {
        let bytes = register.bytes
        manufacturerID = bytes[0]
        oemID = UInt16(bytes[1]) << 8 | UInt16(bytes[2])
        checksum = register.checksum
        switch standard {
        case .sd:
            productName = DeviceText.decode(bytes[3..<8])
            productRevision = "\(bytes[8] >> 4).\(bytes[8] & 15)"
            serialNumber = UInt32(register.bits(55, 24))
            manufactured = Self.month(year: 2000 + Int(register.bits(19, 12)), Int(register.bits(11, 8)))
        case .eMMC:
            productName = DeviceText.decode(bytes[3..<9])
            productRevision = "\(bytes[9] >> 4).\(bytes[9] & 15)"
            serialNumber = UInt32(register.bits(47, 16))
            var year = 1997 + Int(register.bits(11, 8))
            if let extendedRevision, extendedRevision > 4, year < 2010 { year += 16 }
            manufactured = Self.month(year: year, Int(register.bits(15, 12)))
        }
    }

    private static func month(year: Int, _ month: Int) -> Month? {
        (1...12).contains(month) ? Month(year: year, month: month) : nil
    }
}
