internal import AssayBytes

/// The first bytes of a cache file.
struct ScanCacheHeader: Sendable, Equatable {
    /// Number of bytes.
    static let size = 48
    /// Raised whenever a cache of the version before must not be used: layout, classification or line changed.
    static let currentRevision: UInt32 = 3
    private static let magic: UInt64 = 0x0a65_6c69_6679_7361  // "asyfile\n"

    /// Options that change the lines.
    var options: UInt32 = 0
    /// Number of the scan, from 1.
    var scan: UInt32 = 0
    /// Number of records.
    var records: UInt64 = 0
    /// Number of regular files met, for the progress of the next scan.
    var files: UInt64 = 0

    /// The header of a cache under construction.
    init(options: UInt32, scan: UInt32) {
        self.options = options
        self.scan = scan
    }

    /// Reads a header; `unsupported` when another version of this program wrote it.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        guard try reader.uint64("magic") == Self.magic else { throw ParseFailure(.badMagic, "scan cache", at: 0) }
        let revision = try reader.uint32("revision")
        options = try reader.uint32("options")
        scan = try reader.uint32("scan")
        _ = try reader.uint32("reserved")
        records = try reader.uint64("records")
        files = try reader.uint64("files")
        _ = try reader.uint32("reserved")
        let end = reader.offset
        let checksum = try reader.uint32("checksum")
        let covered = bytes.extracting(0..<end)
        guard checksum == ScanCacheChecksum.of(covered) else {
            throw ParseFailure(.badChecksum, "header of the scan cache", at: end)
        }
        guard revision == Self.currentRevision else {
            throw ParseFailure(.unsupported, "revision \(revision) of the scan cache", at: 8)
        }
    }

    /// The bytes.
    func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(Self.magic)
        bytes.appendLittleEndian(Self.currentRevision)
        bytes.appendLittleEndian(options)
        bytes.appendLittleEndian(scan)
        bytes.appendLittleEndian(UInt32(0))
        bytes.appendLittleEndian(records)
        bytes.appendLittleEndian(files)
        bytes.appendLittleEndian(UInt32(0))
        bytes.appendLittleEndian(ScanCacheChecksum.of(bytes.span.bytes))
        return bytes
    }
}

extension [UInt8] {
    /// Appends an integer, lowest byte first.
    mutating func appendLittleEndian<T: FixedWidthInteger>(_ value: T) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
