internal import AssayBytes

/// The firmware versions in the Platform Health Assessment Table (ACPI 6.5, 5.2.31).
struct PlatformHealthAssessmentTable: Sendable, Hashable {
    /// One PHAT Version Element (5.2.31.2).
    struct VersionElement: Sendable, Hashable {
        /// Component ID: which firmware.
        var component: GUID
        /// Version Value, whose meaning is the producer's own.
        var version: UInt64
        /// Producer ID: four characters of the ACPI or PNP registry.
        var producer: String
    }

    private static let recordHeaderSize = 5
    private static let versionRecordType: UInt16 = 0
    private static let elementLimit = 4096

    /// The version elements of all firmware version records, in order.
    let versions: [VersionElement]

    /// Reads the table; records of other types are passed over.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        let table = try ACPITable(parsing: bytes)
        guard table.signature == "PHAT" else { throw ParseFailure(.badMagic, "table signature", at: 0) }
        var reader = ByteReader(bytes, at: ACPITable.headerSize)
        var versions: [VersionElement] = []
        while reader.offset < table.length {
            let start = reader.offset
            let type = try reader.uint16("record type")
            let length = Int(try reader.uint16("record length"))
            try reader.skip(1, "record revision")
            guard length >= Self.recordHeaderSize, length <= table.length - start else {
                throw ParseFailure(.badLength, "record length", at: start + 2)
            }
            if type == Self.versionRecordType { try Self.readVersions(&reader, end: start + length, &versions) }
            try reader.seek(to: start + length, "record")
        }
        self.versions = versions
    }

    private static func readVersions(
        _ reader: inout ByteReader, end: Int, _ versions: inout [VersionElement]
    ) throws(ParseFailure) {
        try reader.skip(3, "reserved")
        let count = Int(try reader.uint32("version element count"))
        guard count <= (end - reader.offset) / 28 else {
            throw ParseFailure(.badLength, "version element count", at: reader.offset - 4)
        }
        guard versions.count + count <= elementLimit else {
            throw ParseFailure(.tooLarge, "version elements", at: reader.offset)
        }
        for _ in 0..<count {
            let component = try reader.guid("component ID")
            let version = try reader.uint64("version value")
            let producer = DeviceText.decode(try reader.bytes(4, "producer ID"))
            versions.append(VersionElement(component: component, version: version, producer: producer))
        }
    }
}
