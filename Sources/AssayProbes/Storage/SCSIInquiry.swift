internal import AssayBytes

/// Standard INQUIRY data (SPC-5, 6.6.2).
struct SCSIInquiry: Sendable, Hashable {
    /// Peripheral device type: 0 disk, 5 CD or DVD, 7 optical, 14 simplified disk.
    var peripheralDeviceType: UInt8
    /// Whether the medium can be taken out.
    var isRemovable: Bool
    /// Version code of the primary commands standard.
    var version: UInt8
    /// T10 vendor identification, blanks kept.
    var vendor: [UInt8]
    /// Product identification, blanks kept.
    var product: [UInt8]
    /// Product revision level, blanks kept.
    var revision: [UInt8]

    /// Reads the first 36 bytes.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        peripheralDeviceType = try reader.uint8("peripheral device type") & 0x1f
        isRemovable = try reader.uint8("removable medium bit") & 0x80 != 0
        version = try reader.uint8("version")
        try reader.skip(5, "inquiry flags")
        vendor = try reader.bytes(8, "vendor identification")
        product = try reader.bytes(16, "product identification")
        revision = try reader.bytes(4, "product revision level")
    }
}
