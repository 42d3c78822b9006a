internal import AssayBytes

/// A SCSI vital product data page: header and content (SPC-5, 7.7.1).
struct SCSIVitalProductData: Sendable, Hashable {
    /// Page code of the unit serial number (SPC-5, 7.7.19).
    static let unitSerialNumber: UInt8 = 0x80
    /// Page code of the device identification (SPC-5, 7.7.6).
    static let deviceIdentification: UInt8 = 0x83
    /// Page code of the ATA information (SAT-5, 12.4.2).
    static let ataInformation: UInt8 = 0x89

    /// Page code.
    var pageCode: UInt8
    /// The bytes after the header, as many as the page length says.
    var content: [UInt8]

    /// Reads a page; `expected` is the page code that was asked for.
    init(parsing bytes: RawSpan, expected: UInt8) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        try reader.skip(1, "peripheral device type")
        pageCode = try reader.uint8("page code")
        guard pageCode == expected else { throw ParseFailure(.badValue, "vital product data page code", at: 1) }
        let length = Int(try reader.uint16BigEndian("page length"))
        content = try reader.bytes(length, "vital product data page 0x\(Hex.string(expected))")
    }
}
