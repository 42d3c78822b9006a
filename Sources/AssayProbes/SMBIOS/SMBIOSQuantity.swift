/// Quantities in the words that Linux tools print.
enum SMBIOSQuantity {
    private static let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]

    /// A size in the largest unit that loses nothing, or one unit below the largest when that is not whole: `1536 MB`.
    ///
    /// What lies more than one unit below the largest is dropped.
    static func size(_ byteCount: UInt64) -> String {
        let parts = units.indices.map { byteCount >> UInt64(10 * $0) & 0x3ff }
        guard let top = parts.lastIndex(where: { $0 != 0 }) else { return "0 bytes" }
        guard top > 0, parts[top - 1] != 0 else { return "\(parts[top]) \(units[top])" }
        return "\(parts[top] << 10 + parts[top - 1]) \(units[top - 1])"
    }

    /// A whole number of kilobytes, so that zero reads `0 kB`.
    static func kilobytes(_ count: UInt64) -> String { count == 0 ? "0 kB" : size(count << 10) }

    /// `value` divided by ten to the power of `digits`, with exactly that many decimals.
    static func decimal(_ value: Int, digits: Int) -> String {
        let text = String(value.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        return (value < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
    }

    /// Volts from millivolts with as many decimals as are needed, at least one for a multiple of 0.1 V.
    static func volts(_ millivolts: UInt16) -> String {
        if millivolts.isMultiple(of: 100) { return decimal(Int(millivolts / 100), digits: 1) + " V" }
        var text = decimal(Int(millivolts), digits: 3)
        while text.hasSuffix("0") { text.removeLast() }
        return text + " V"
    }
}
