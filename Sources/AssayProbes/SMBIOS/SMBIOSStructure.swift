internal import AssayBytes
package import AssayModel

/// One structure of the table: header, formatted area and string set (DSP0134, 6.1), nothing interpreted.
package struct SMBIOSStructure: Sendable, Hashable {
    /// Structure type.
    package let type: UInt8
    /// Handle, unique in a well-made table.
    package let handle: UInt16
    /// Header and formatted area; the offsets of the standard are indexes here.
    package let formatted: [UInt8]
    /// The string set; string number 1 comes first.
    package let strings: [String]
    /// SHA-256 of formatted area and string set as they stand in the table.
    package let digest: ContentDigest

    /// Takes a structure apart whose `formatted` area has at least its four header bytes.
    init(formatted: [UInt8], stringSet: ArraySlice<UInt8>) {
        self.formatted = formatted
        type = formatted.first ?? 0
        handle = formatted.count < 4 ? 0 : UInt16(formatted[2]) | UInt16(formatted[3]) << 8
        // An empty string ends the set: what may follow is unreachable, as is what has a number of more than a byte.
        var strings: [String] = []
        for part in stringSet.split(separator: 0, omittingEmptySubsequences: false) {
            if part.isEmpty || strings.count == Int(UInt8.max) { break }
            strings.append(DeviceText.decode(part))
        }
        self.strings = strings
        digest = ContentDigest.sha256(of: formatted + stringSet)
    }

    /// Handle as `0x0026`.
    package var handleText: String { "0x" + Hex.string(handle) }

    /// Little-endian integer at `offset`; nil when the structure ends before it does.
    func integer<T: FixedWidthInteger & UnsignedInteger>(_ offset: Int, as type: T.Type) -> T? {
        let size = T.bitWidth / 8
        guard offset >= 0, offset <= formatted.count - size else { return nil }
        var value: T = 0
        for index in (0..<size).reversed() { value = value << 8 | T(truncatingIfNeeded: formatted[offset + index]) }
        return value
    }

    /// Byte at `offset`.
    func byte(_ offset: Int) -> UInt8? { integer(offset, as: UInt8.self) }
    /// Word at `offset`.
    func word(_ offset: Int) -> UInt16? { integer(offset, as: UInt16.self) }
    /// Double word at `offset`.
    func dword(_ offset: Int) -> UInt32? { integer(offset, as: UInt32.self) }
    /// Quad word at `offset`.
    func qword(_ offset: Int) -> UInt64? { integer(offset, as: UInt64.self) }
}

extension SMBIOSStructure {
    /// Digest of a structure whose bytes stay as they are from boot to boot; nil where events and timers move them.
    var stableDigest: ContentDigest? {
        switch type {
        case 15:
            // Log status and change token (7.16) move with every event; the rest describes the log.
            var fixed = formatted
            for index in 0x0b..<0x10 where fixed.indices.contains(index) { fixed[index] = 0 }
            return .sha256(of: fixed)
        // The last memory errors (7.19, 7.34), the count of resets (7.24), the next power-on (7.26).
        case 18, 23, 25, 33: return nil
        default: return digest
        }
    }
}
