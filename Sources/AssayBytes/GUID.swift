/// A globally unique identifier as UEFI, ACPI and SMBIOS store it.
public struct GUID: Sendable, Hashable, CustomStringConvertible {
    /// Lower-case text of the form `8be4df61-93ca-11d2-aa0d-00e098032b8c`.
    public let description: String

    /// Reads 16 bytes whose first three fields are little-endian (UEFI 2.10, appendix A; SMBIOS 3.7, 7.2.1).
    ///
    /// Fewer bytes are padded with zeroes, more are ignored.
    public init(mixedEndian bytes: [UInt8]) {
        self.init(bytes: bytes, order: [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15])
    }

    /// Reads 16 bytes in network order (RFC 9562, section 4; SMBIOS before 2.6).
    public init(networkOrder bytes: [UInt8]) {
        self.init(bytes: bytes, order: Array(0..<16))
    }

    private init(bytes: [UInt8], order: [Int]) {
        var text = ""
        for (position, index) in order.enumerated() {
            if [4, 6, 8, 10].contains(position) { text += "-" }
            text += Hex.string(CollectionOfOne(index < bytes.count ? bytes[index] : 0))
        }
        description = text
    }
}
