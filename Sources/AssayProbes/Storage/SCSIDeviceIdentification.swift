internal import AssayBytes

/// The designators of a SCSI logical unit (SPC-5, 7.7.6).
struct SCSIDeviceIdentification: Sendable, Hashable {
    /// What a designator names (SPC-5, table 596).
    enum Association: UInt8, Sendable {
        case logicalUnit = 0
        case targetPort = 1
        case targetDevice = 2
    }

    /// One designator.
    struct Designator: Sendable, Hashable {
        /// What it names; nil for the reserved value.
        var association: Association?
        /// Designator type: 1 T10 vendor id, 2 EUI-64, 3 NAA, 8 SCSI name string, 10 UUID (SPC-5, table 597).
        var type: UInt8
        /// Whether the designator is text (code sets 2 and 3) rather than binary.
        var isText: Bool
        /// The designator itself.
        var value: [UInt8]
    }

    /// Every designator, in the page's order.
    var designators: [Designator] = []

    /// Reads the content of page 0x83.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        let page = try SCSIVitalProductData(parsing: bytes, expected: SCSIVitalProductData.deviceIdentification)
        let content = page.content
        var reader = ByteReader(content.span.bytes)
        while !reader.isAtEnd {
            let codeSet = try reader.uint8("code set") & 0x0f
            let kind = try reader.uint8("designator type")
            try reader.skip(1, "reserved byte")
            let length = Int(try reader.uint8("designator length"))
            let value = try reader.bytes(length, "designator")
            designators.append(
                Designator(
                    association: Association(rawValue: kind >> 4 & 3), type: kind & 0x0f, isText: codeSet >= 2,
                    value: value))
        }
    }

    /// World-wide name of the logical unit: its NAA designator, lower-case hexadecimal.
    var worldWideName: String? { hex(type: 3) }
    /// EUI-64 of the logical unit, lower-case hexadecimal.
    var eui64: String? { hex(type: 2) }
    /// T10 vendor id and what follows it, as text.
    var t10VendorID: String? {
        designators.first { $0.association == .logicalUnit && $0.type == 1 }.map { DeviceText.decode($0.value) }
    }

    private func hex(type: UInt8) -> String? {
        designators.first { $0.association == .logicalUnit && $0.type == type && !$0.isText }.map {
            Hex.string($0.value)
        }
    }
}
