internal import AssayBytes

/// The SSR register of an SD card: the speeds that it promises (SD Physical Layer 9.00, 4.10.2).
struct SDStatus: Sendable, Hashable {
    /// Speed class in MB/s: 0, 2, 4, 6 or 10; nil for a reserved value.
    var speedClass: Int?
    /// UHS speed grade.
    var uhsGrade: Int
    /// Video speed class in MB/s.
    var videoClass: Int
    /// Application performance class: 0, 1 or 2.
    var applicationClass: Int

    /// Reads the sixty-four bytes.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        let raw = try reader.bytes(64, "sd status")
        speedClass = [0, 2, 4, 6, 10].indices.contains(Int(raw[8])) ? [0, 2, 4, 6, 10][Int(raw[8])] : nil
        uhsGrade = Int(raw[14] >> 4)
        videoClass = Int(raw[15])
        applicationClass = Int(raw[21] & 15)
    }
}
