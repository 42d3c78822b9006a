package import AssayBytes

/// The structure that says where the SMBIOS table is and how long (DSP0134, 5.2), or the older `_DMI_` half of it alone.
package struct SMBIOSEntryPoint: Sendable {
    /// Which of the three forms it has.
    package enum Form: String, Sendable, Hashable {
        /// `_SM3_`, SMBIOS 3.0 and later (5.2.2).
        case bits64 = "_SM3_"
        /// `_SM_` with `_DMI_` inside (5.2.1).
        case bits32 = "_SM_"
        /// `_DMI_` alone, from before SMBIOS 2.1.
        case legacy = "_DMI_"
    }

    /// Which form it has.
    package var form: Form
    /// Version of the specification.
    package var version: SMBIOSVersion
    /// Length of the table in bytes; for the 64-bit form the most that it can be.
    package var tableLength: Int
    /// Number of structures; nil in the 64-bit form.
    package var structureCount: Int?
    /// Address of the table; in a dump file the offset from its start.
    package var tableAddress: UInt64
    /// What is wrong with it although it can be read.
    package var problems: [ParseFailure] = []

    /// Reads an entry point at the start of `bytes`.
    ///
    /// A wrong checksum is noted, not thrown: the version is still the best there is.
    package init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        let anchor = try reader.bytes(5, "entry point anchor")
        switch anchor {
        case Array("_SM3_".utf8): try self.init(bits64: bytes)
        case Array("_DMI_".utf8): try self.init(legacy: bytes, at: 0)
        case _ where anchor.starts(with: "_SM_".utf8): try self.init(bits32: bytes)
        default: throw ParseFailure(.badMagic, "entry point anchor", at: 0)
        }
    }

    /// Whether `bytes` start with an entry point's anchor.
    package static func isPresent(in bytes: [UInt8]) -> Bool {
        ["_SM3_", "_SM_", "_DMI_"].contains { bytes.starts(with: $0.utf8) }
    }

    private init(bits64 bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes, at: 6)
        form = .bits64
        let length = try reader.uint8("entry point length")
        version = SMBIOSVersion(major: try reader.uint8("major version"), minor: try reader.uint8("minor version"))
        try reader.skip(3, "entry point revision")
        tableLength = Int(try reader.uint32("table length"))
        structureCount = nil
        tableAddress = try reader.uint64("table address")
        check(bytes, from: 0, count: Int(length), atLeast: 0x18)
    }

    private init(bits32 bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes, at: 5)
        let length = try reader.uint8("entry point length")
        let stated = SMBIOSVersion(major: try reader.uint8("major version"), minor: try reader.uint8("minor version"))
        try self.init(legacy: bytes, at: 0x10)
        form = .bits32
        version = stated
        // 2.1 had a misprint that made 1Eh of the 1Fh bytes; the checksum covers them all the same.
        check(bytes, from: 0, count: max(Int(length), 0x1f), atLeast: 0x1f)
    }

    private init(legacy bytes: RawSpan, at offset: Int) throws(ParseFailure) {
        var reader = ByteReader(bytes, at: offset)
        guard try reader.bytes(5, "intermediate anchor") == Array("_DMI_".utf8) else {
            throw ParseFailure(.badMagic, "intermediate anchor", at: offset)
        }
        try reader.skip(1, "intermediate checksum")
        form = .legacy
        tableLength = Int(try reader.uint16("table length"))
        tableAddress = UInt64(try reader.uint32("table address"))
        structureCount = Int(try reader.uint16("structure count"))
        let revision = try reader.uint8("table revision")
        version = SMBIOSVersion(major: revision >> 4, minor: revision & 0x0f)
        check(bytes, from: offset, count: 0x0f, atLeast: 0x0f)
    }

    private mutating func check(_ bytes: RawSpan, from offset: Int, count: Int, atLeast least: Int) {
        guard count >= least, count <= 0x20 else {
            problems.append(ParseFailure(.badLength, "\(form.rawValue) entry point", at: offset))
            return
        }
        var reader = ByteReader(bytes, at: offset)
        guard let covered = try? reader.bytes(count) else {
            problems.append(ParseFailure(.truncated, "\(form.rawValue) entry point", at: bytes.byteCount))
            return
        }
        if covered.reduce(0, &+) != 0 {
            problems.append(ParseFailure(.badChecksum, "\(form.rawValue) entry point", at: offset))
        }
    }
}
