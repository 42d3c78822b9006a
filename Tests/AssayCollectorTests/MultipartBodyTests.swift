import AssayTestKit
import Testing

@testable import AssayCollector

/// Forms with files.
struct MultipartBodyTests {
    private static let boundary = Array("b1".utf8)
    private static let whole = Array(
        ("preamble\r\n--b1\r\nContent-Disposition: form-data; name=\"form-token\"\r\n\r\nT\r\n"
            + "--b1\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a;b.csv\"\r\nContent-Type: text/csv\r\n\r\n"
            + "x,y\r\n--b\r\n\r\n--b1--\r\n").utf8)

    @Test func partsAreTakenApart() throws {
        let parts = try MultipartBody(parsing: Self.whole, boundary: Self.boundary).parts
        #expect(parts.map(\.name) == ["form-token", "file"])
        #expect(parts.map(\.file) == [nil, "a;b.csv"])
        #expect(parts.map { String(decoding: $0.bytes, as: UTF8.self) } == ["T", "x,y\r\n--b\r\n"])
        let form = FormBody(try MultipartBody(parsing: Self.whole, boundary: Self.boundary))
        #expect(form["form-token"] == "T")
        #expect(form.file("file", orText: "text") == Array("x,y\r\n--b\r\n".utf8))
        #expect(form.file("other", orText: "text") == nil)
    }

    @Test("a body that is cut anywhere before its end is refused") func truncated() {
        let end = Self.whole.count - 4
        for length in 0..<end {
            #expect(throws: Problem.malformed("")) {
                try MultipartBody(parsing: Array(Self.whole.prefix(length)), boundary: Self.boundary)
            }
        }
    }

    @Test("any change of a byte gives parts or a refusal") func mutated() {
        for index in Self.whole.indices {
            for byte in [0, 0x0a, 0x0d, 0x22, 0x2d, 0x3b, 0xff] as [UInt8] {
                var bytes = Self.whole
                bytes[index] = byte
                _ = try? MultipartBody(parsing: bytes, boundary: Self.boundary)
            }
        }
    }

    @Test func limitsHold() {
        let part = "--b1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n"
        let many = Array((String(repeating: part, count: MultipartBody.partLimit + 1) + "--b1--").utf8)
        #expect(throws: Problem.tooLarge("")) { try MultipartBody(parsing: many, boundary: Self.boundary) }
        let long = Array(
            ("--b1\r\nX: " + String(repeating: "a", count: MultipartBody.headerLimit) + "\r\n\r\n\r\n--b1--").utf8)
        #expect(throws: Problem.malformed("")) { try MultipartBody(parsing: long, boundary: Self.boundary) }
    }

    @Test(
        "the boundary of a type",
        arguments: [
            ("multipart/form-data; boundary=x", "x"), ("Multipart/Form-Data;charset=utf-8; boundary=\"a b\"", "a b"),
            ("multipart/form-data", nil), ("multipart/mixed; boundary=x", nil), ("text/plain", nil),
            ("multipart/form-data; boundary=\(String(repeating: "x", count: 71))", nil),
        ] as [(String, String?)]) func boundaries(_ type: String, _ boundary: String?)
    {
        #expect(MultipartBody.boundary(of: type) == boundary.map { Array($0.utf8) })
    }
}
