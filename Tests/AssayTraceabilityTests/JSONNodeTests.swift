import AssayModel
import Testing

@testable import AssayTraceability

@Suite struct JSONNodeTests {
    @Test(
        "numbers are texts without a changed digit",
        arguments: [
            ("7", "7"), ("-7", "-7"), ("3.0", "3"), ("1e3", "1000"), ("9007199254740993", "9007199254740993"),
            ("12345678901234567890", "12345678901234567890"), ("0.1", "0.1"),
            ("2.345678901234567891", "2.345678901234567891"),
        ])
    func numbers(written: String, text: String) throws {
        #expect(try JSONNode(parsing: Array("{\"a\": [\(written)]}".utf8)).list("a").first?.text() == text)
    }

    @Test(
        "a number with more digits is refused where it stands",
        arguments: ["1\(String(repeating: "2", count: 40))", "0.\(String(repeating: "3", count: 60))", "1e300"])
    func longNumbers(written: String) throws {
        let node = try JSONNode(parsing: Array("{\"a\": {\"b\": \(written)}, \"c\": 1}".utf8))
        #expect(try node.text("c") == "1")
        #expect(throws: RecordFailure(.invalid, field: "a.b", detail: "")) { try node.child("a")?.text("b") }
    }
}
