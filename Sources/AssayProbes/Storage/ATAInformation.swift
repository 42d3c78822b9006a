internal import AssayBytes

/// The ATA information page of a translated drive: who translates, and what the drive itself says (SAT-5, 12.4.2).
struct ATAInformation: Sendable, Hashable {
    /// Vendor of the translation layer: `linux` for libata, otherwise a bridge or controller.
    var translationVendor: String
    /// Product of the translation layer.
    var translationProduct: String
    /// Revision of the translation layer.
    var translationRevision: String
    /// Command that gave the data: 0xEC IDENTIFY DEVICE, 0xA1 IDENTIFY PACKET DEVICE.
    var commandCode: UInt8
    /// What the drive says of itself.
    var identify: ATAIdentifyDevice

    /// Reads page 0x89.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        let page = try SCSIVitalProductData(parsing: bytes, expected: SCSIVitalProductData.ataInformation)
        let content = page.content
        var reader = ByteReader(content.span.bytes)
        try reader.skip(4, "reserved bytes")
        translationVendor = DeviceText.decode(try reader.bytes(8, "translation vendor"))
        translationProduct = DeviceText.decode(try reader.bytes(16, "translation product"))
        translationRevision = DeviceText.decode(try reader.bytes(4, "translation revision"))
        try reader.skip(20, "device signature")
        commandCode = try reader.uint8("command code")
        try reader.skip(3, "reserved bytes")
        let data = try reader.bytes(512, "identify device data")
        identify = try ATAIdentifyDevice(parsing: data.span.bytes)
    }
}
