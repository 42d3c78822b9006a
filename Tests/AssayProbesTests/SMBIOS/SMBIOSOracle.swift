@testable import AssayProbes

/// Compares a decoded structure with the text of another decoder.
enum SMBIOSOracle {
    /// Words for a field that says nothing.
    private static let nothing: Set<String> = [
        "Not Specified", "Unknown", "<BAD INDEX>", "Not Provided", "Unspecified",
    ]
    /// Fields that repeat another one: the CPUID flags are bits of the ID.
    private static let derived: Set<String> = ["Flags"]
    /// Bits from later versions of the standard than the oracle knows.
    private static let later: Set<String> = ["128-bit Capable", "Arm64 SoC ID", "Flexbus slot, CXL 3.0 capable"]
    /// Bits that the oracle names only beside others.
    private static let unnoticed: Set<String> = [
        "PCIe slot bifurcation is supported", "Async/surprise removal is supported", "Flexbus slot, CXL 1.0 capable",
        "Flexbus slot, CXL 2.0 capable",
    ]
    /// Fields that were called otherwise before.
    private static let older = ["Configured Clock Speed": "Configured Memory Speed"]

    /// The differences in words; none when every field of `expected` was decoded to the same value.
    static func differences(_ expected: DMIDecodeText.Structure, _ record: SMBIOSRecord) -> [String] {
        var result: [String] = []
        for field in expected.fields where !derived.contains(field.name) {
            let name = older[field.name] ?? field.name
            if ["Header and Data", "Strings"].contains(name) { continue }
            let attribute = record.attribute(name)
            if !isEqual(field, attribute) {
                let found = attribute.map { "\($0.value ?? "nil") \($0.items)" } ?? "no field"
                result.append(
                    "type \(expected.type) \(record.structure.handleText) \(name): "
                        + "expected \(field.value) \(field.items), found \(found)")
            }
        }
        return result
    }

    private static func isEqual(_ field: DMIDecodeText.Field, _ attribute: SMBIOSAttribute?) -> Bool {
        guard let attribute else { return false }
        // A code from a later version of the standard than the oracle knows.
        if field.value.contains("<OUT OF SPEC>") { return true }
        if nothing.contains(field.value) { return attribute.value.map { trimmed($0) == field.value } ?? true }
        if attribute.value == "Invalid" { return true }
        if field.value == "None", !attribute.items.isEmpty, attribute.items.allSatisfy(later.union(unnoticed).contains)
        {
            return true
        }
        guard areEqual(field.items, attribute.items) else { return false }
        // A list without items may print nothing, or a count or a word beside them.
        guard let value = attribute.value else { return field.value.isEmpty }
        return field.value.lowercased() == trimmed(value).lowercased()
            // The oracle adds a unit to 64-bit addresses that are in bytes (7.20).
            || field.name.hasSuffix("ing Address") && field.value == value + "k"
    }

    private static func areEqual(_ expected: [String], _ found: [String]) -> Bool {
        let expected = expected.filter { $0 != "<BAD INDEX>" && !later.contains($0) }
        let found = found.filter { !later.contains($0) }
        return expected.count == found.count
            && zip(expected, found).allSatisfy { $0.contains("<OUT OF SPEC>") || $0 == trimmed($1) }
    }

    private static func trimmed(_ value: String) -> String { String(printable(value).drop { $0 == " " }) }

    /// The oracle prints ASCII alone, and a full stop for any other byte.
    private static func printable(_ text: String) -> String {
        // What was not UTF-8 came from as many bytes as there are characters.
        let isLatin = text.unicodeScalars.allSatisfy { $0.value < 0x100 }
        let codes = isLatin ? text.unicodeScalars.map(\.value) : text.utf8.map(UInt32.init)
        return String(decoding: codes.map { $0 < 32 || $0 >= 127 ? UInt8(ascii: ".") : UInt8($0) }, as: UTF8.self)
    }
}
