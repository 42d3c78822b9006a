internal import AssayBytes

/// The header that every ACPI table but FACS begins with (ACPI 6.5, 5.2.6).
struct ACPITable: Sendable, Hashable {
    /// Number of bytes of the header.
    static let headerSize = 36

    /// Signature: `DSDT`, `SSDT` ….
    let signature: String
    /// Length of the whole table in bytes.
    let length: Int
    /// Revision of the table's layout.
    let revision: UInt8
    /// OEMID.
    let oemID: String
    /// OEM Table ID.
    let oemTableID: String
    /// OEM Revision.
    let oemRevision: UInt32
    /// Creator ID: who made the compiler.
    let creatorID: String
    /// Creator Revision.
    let creatorRevision: UInt32
    /// Whether all bytes of the table add up to zero.
    let isChecksumRight: Bool

    /// Reads the header and adds up the table; bytes behind its length are ignored.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        signature = DeviceText.decode(try reader.bytes(4, "table signature"))
        guard signature.utf8.count == 4, signature.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw ParseFailure(.badMagic, "table signature", at: 0)
        }
        length = Int(try reader.uint32("table length"))
        guard length >= Self.headerSize else { throw ParseFailure(.badLength, "table length", at: 4) }
        guard length <= reader.count else { throw ParseFailure(.truncated, "table", at: reader.count) }
        revision = try reader.uint8("table revision")
        try reader.skip(1, "table checksum")
        oemID = DeviceText.decode(try reader.bytes(6, "OEMID"))
        oemTableID = DeviceText.decode(try reader.bytes(8, "OEM table ID"))
        oemRevision = try reader.uint32("OEM revision")
        creatorID = DeviceText.decode(try reader.bytes(4, "creator ID"))
        creatorRevision = try reader.uint32("creator revision")
        var whole = ByteReader(bytes)
        isChecksumRight = try whole.bytes(length, "table").reduce(0 as UInt8, &+) == 0
    }
}
