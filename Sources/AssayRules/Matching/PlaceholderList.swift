package import AssayModel

/// Texts that firmware shows where nobody entered a value.
///
/// The list in `hwprofiles/lists/placeholders.json` has the same entries with their sources; this copy lets the agent
/// work without files.
package struct PlaceholderList: Sendable, Hashable {
    private let entries: Set<String>

    /// Takes texts as they are shown, and numeric identities (UUIDs, MAC addresses).
    package init(texts: [String], numbers: [String] = []) {
        entries = Set((texts + numbers).map(Self.key))
    }

    /// Reads the `assay/placeholders/v1` form.
    package init(json: [UInt8]) throws(RecordFailure) {
        guard let file = try? CanonicalJSON.decode(File.self, from: json), file.schema == "assay/placeholders/v1" else {
            throw RecordFailure(.malformed, field: "", detail: "not an assay/placeholders/v1 list")
        }
        self.init(texts: file.texts.map(\.value), numbers: file.numbers.map(\.value))
    }

    private struct File: Decodable {
        struct Entry: Decodable { let value: String }
        let schema: String
        let texts: [Entry]
        let numbers: [Entry]
    }

    /// Whether `text` says nothing about the part: listed, blank, or one character repeated (`00000000`, `FFFF`,
    /// `xxxx`).
    package func contains(_ text: String) -> Bool {
        let key = Self.key(text)
        return key.isEmpty || Self.isRepetition(key) || Self.isCounting(key) || entries.contains(key)
    }

    /// Letters and digits in lower case: punctuation and blanks vary most between firmware makers.
    private static func key(_ text: String) -> String { FoldedText.alphanumerics(text) }

    private static func isRepetition(_ key: String) -> Bool {
        guard let first = key.utf8.first else { return true }
        return key.utf8.allSatisfy { $0 == first } && (key.utf8.count > 3 || first == 0x30)
    }

    /// `0123456789`, `12345`, `123456789012`: digits that count up.
    private static func isCounting(_ key: String) -> Bool {
        guard key.utf8.count >= 5, let first = key.utf8.first, first == 0x30 || first == 0x31 else { return false }
        var expected = first
        for digit in key.utf8 {
            if digit != expected { return false }
            expected = digit == 0x39 ? 0x30 : digit + 1
        }
        return true
    }

    /// The vocabulary of inventory projects, see `hwprofiles/lists/placeholders.json`.
    package static let standard = PlaceholderList(
        texts: [
            "To Be Filled By O.E.M.", "To be filled",
            "Default string", "Default", "Not Specified", "Not Available", "Not Applicable", "Not Present",
            "N/A", "NA", "None", "Null", "(null string)", "Empty", "Unknown", "Unknow", "Undefined",
            "INVALID", "EVAL", "IATPASS", "OEM", "O.E.M.", "OEM_Serial", "OEM Define 0", "System Serial Number",
            "SystemSerialNumb", "Serial Number", "Base Board Serial Number", "Chassis Serial Number",
            "Board Serial Number", "Part Number", "PartNum", "ModulePartNumber", "Array1_PartNumber0",
            "No Asset Information", "No Asset Tag", "Asset Tag", "Manufacturer", "Product Name", "System Product Name",
            "System manufacturer", "System Version", "All Series", "$(PROJECT_SKU_NAME)", "x.x",
            "SYS-1234567890", "SYS-9876543210", "MB-1234567890", "SN-12345", "SN-1234567890",
            "SerNum0", "SerNum1", "SerNum2", "SerNum3", "PartNum0", "PartNum1", "PartNum2", "PartNum3",
            "Manufacturer0", "Manufacturer1", "Manufacturer2", "Manufacturer3", "Manufacturer00", "Manufacturer01",
            "NO DIMM", "No Module Installed", "Module Serial Number",
        ],
        numbers: [
            "03000200-0400-0500-0006-000700080009", "03020100-0504-0706-0809-0a0b0c0d0e0f",
            "10000000-0000-8000-0040-000000000000", "01010101-0101-0101-0101-010101010101",
            "6AB5B300-538D-1014-9FB5-B0684D007B53", "00:0b:ca:fe:00:00", "00:a0:c6:00:00:00", "33:50:6f:45:30:30",
            "FE:FF:FF:FF:FF:FF", "02:80:37:EC:02:00",
        ])
}
