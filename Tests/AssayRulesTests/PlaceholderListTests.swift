import FoundationEssentials
import Testing

@testable import AssayRules

@Suite struct PlaceholderListTests {
    @Test(
        arguments: [
            "To Be Filled By O.E.M.", "to be filled by OEM", "Default string", "N/A", "", "   ", "0", "0000-0000",
            "FFFFFFFF",
            "xxxxxxxx", "0123456789", "12345", "123456789012", "System Serial Number", "(null string)",
            "SYS-1234567890",
            "03000200-0400-0500-0006-000700080009", "33:50:6F:45:30:30", "Not Specified", "Unknown",
        ])
    func placeholder(_ text: String) { #expect(PlaceholderList.standard.contains(text)) }

    @Test(
        "Real values are kept",
        arguments: [
            "29AC274B", "1234", "PF0WXYZ1", "S4EWNX0R123456", "111", "9876", "Samsung", "00-07-32-aa-00-01", "13579",
        ])
    func real(_ text: String) { #expect(!PlaceholderList.standard.contains(text)) }

    private static var file: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "hwprofiles/lists/placeholders.json")
    }

    @Test("The list in hwprofiles and the one that is compiled in are the same")
    func sameList() throws {
        #expect(try PlaceholderList(json: [UInt8](try Data(contentsOf: Self.file))) == .standard)
    }

    @Test(
        "Another file is refused",
        arguments: ["", "{}", "{\"schema\":\"assay/placeholders/v2\",\"texts\":[],\"numbers\":[]}"])
    func refused(_ text: String) { #expect(throws: (any Error).self) { try PlaceholderList(json: Array(text.utf8)) } }
}
