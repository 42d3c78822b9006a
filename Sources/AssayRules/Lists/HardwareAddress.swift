/// A six-byte hardware address (EUI-48).
package struct HardwareAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address as a number of 48 bits.
    let value: UInt64

    /// Takes the lowest 48 bits.
    init(value: UInt64) { self.value = value & 0xffff_ffff_ffff }

    /// Reads twelve hexadecimal digits, with or without separators; nil for anything else, five bytes included.
    package init?(_ text: String) {
        let digits = text.filter { $0 != ":" && $0 != "-" && $0 != "." }
        guard digits.utf8.count == 12, digits.allSatisfy(\.isHexDigit), let value = UInt64(digits, radix: 16) else {
            return nil
        }
        self.value = value
    }

    /// Whether software chose the address: then its first bytes name no maker (IEEE 802, 8.4).
    package var isLocal: Bool { value >> 41 & 1 == 1 }

    /// Whether the address names a group of stations rather than one.
    package var isGroup: Bool { value >> 40 & 1 == 1 }

    /// The first `bits` of the address as hexadecimal digits: 24 (MA-L), 28 (MA-M) or 36 (MA-S).
    func prefix(bits: Int) -> String { String(hexadecimal.prefix(bits / 4)) }

    private var hexadecimal: String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 12 - text.utf8.count) + text
    }

    /// The address as `aa:bb:cc:dd:ee:ff`.
    package var description: String {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: 12, by: 2).map { String(digits[$0...($0 + 1)]) }.joined(separator: ":")
    }
}
