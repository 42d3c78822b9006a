@testable import AssayProbes

/// Hand-made SMBIOS structures, tables and entry points.
enum SMBIOSFixture {
    /// A structure with the fields behind its header and its strings.
    static func structure(_ type: UInt8, handle: UInt16, _ fields: [UInt8], strings: [String] = []) -> [UInt8] {
        var bytes = [type, UInt8(fields.count + 4)] + little(handle) + fields
        for string in strings { bytes += Array(string.utf8) + [0] }
        return bytes + (strings.isEmpty ? [0, 0] : [0])
    }

    /// The end-of-table structure.
    static let end = structure(127, handle: 0xfeff, [])

    /// A structure of `length` bytes, zero but for `fields` at their offsets of the standard, read and decoded.
    static func record(
        _ type: UInt8, length: Int, _ fields: [Int: [UInt8]], strings: [String] = [],
        version: SMBIOSVersion = SMBIOSVersion(major: 3, minor: 7)
    ) throws -> SMBIOSRecord {
        var bytes = [UInt8](repeating: 0, count: length - 4)
        for (offset, values) in fields {
            for (index, value) in values.enumerated() { bytes[offset - 4 + index] = value }
        }
        let table = SMBIOSTable(
            parsing: structure(type, handle: 0x2a, bytes, strings: strings).span.bytes, count: 1)
        guard let structure = table.structures.first else { throw Missing() }
        return SMBIOSRecord(structure, version: version)
    }

    /// There is no structure to decode.
    struct Missing: Error {}

    /// Little-endian bytes.
    static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        (0..<(T.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> T($0 * 8)) }
    }

    /// An entry point `_SM_` for `table`.
    static func entryPoint32(
        version: (UInt8, UInt8) = (2, 7), length: Int, count: Int, address: UInt32 = 32
    ) -> [UInt8] {
        var inner = Array("_DMI_".utf8) + [0]
        inner += little(UInt16(length)) + little(address) + little(UInt16(count)) + [version.0 << 4 | version.1]
        inner[5] = 0 &- inner.reduce(0, &+)
        var outer = Array("_SM_".utf8) + [0, 0x1f, version.0, version.1, 0, 0, 0, 0, 0, 0, 0, 0] + inner
        outer[4] = 0 &- outer.reduce(0, &+)
        return outer
    }

    /// An entry point `_SM3_`.
    static func entryPoint64(version: (UInt8, UInt8) = (3, 2), length: Int, address: UInt64 = 32) -> [UInt8] {
        var bytes = Array("_SM3_".utf8) + [0, 0x18, version.0, version.1, 0, 1, 0]
        bytes += little(UInt32(length)) + little(address)
        bytes[5] = 0 &- bytes.reduce(0, &+)
        return bytes
    }

    /// A small but complete machine.
    static let machine: [UInt8] =
        structure(
            0, handle: 0, [1, 2, 0, 0, 3, 0x0f] + little(UInt64(0)) + [0, 0, 4, 6, 1, 9],
            strings: ["Phoenix", "1.07 ", "05/19/2017"])
        + structure(
            1, handle: 1,
            [1, 2, 3, 4] + (0..<16).map { UInt8($0 + 1) } + [6, 5, 6],
            strings: ["Advantech", "UNO-2484G", "V1", "KSA1234567", "SKU9", "UNO"])
        + structure(
            2, handle: 2, [1, 2, 3, 4, 0, 1, 0, 3, 0, 0x0a, 0],
            strings: ["Advantech", "UNO-BOARD", "A101", "B0001"])
        + structure(
            3, handle: 3, [1, 3, 0, 2, 0, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0], strings: ["Advantech", "C0001"])
        + structure(
            17, handle: 0x11,
            [16, 0, 0xff, 0xff, 64, 0, 64, 0, 0, 0x20, 0x0d, 0, 1, 2, 0x1a, 0x80, 0, 0x60, 0x09, 3, 4, 5, 6, 1],
            strings: ["DIMM0", "BANK 0", "SK Hynix", "12345678", "Tag", "HMA81GS6"])
        + structure(
            17, handle: 0x12,
            [16, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0x0d, 0, 1, 2, 2, 0, 0, 0, 0, 3, 4, 0, 0, 0],
            strings: ["DIMM0", "BANK 1", "Empty", "Empty"])
        + structure(221, handle: 0x30, [1, 2, 3])
        + end
}
