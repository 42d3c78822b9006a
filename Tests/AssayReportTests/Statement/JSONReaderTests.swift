import AssayModel
import AssayTestKit
import Testing

@testable import AssayReport

@Suite struct JSONReaderTests {
    private func reader(_ text: String) -> JSONReader { JSONReader(Array(text.utf8)) }

    private func string(_ text: String) throws(ReportFailure) -> String {
        var reader = reader(text)
        let value = try reader.string()
        try reader.end()
        return value
    }

    private func integer(_ text: String) throws(ReportFailure) -> Int64 {
        var reader = reader(text)
        let value = try reader.integer()
        try reader.end()
        return value
    }

    private func skip(_ text: String) throws(ReportFailure) {
        var reader = reader(text)
        try reader.skip()
        try reader.end()
    }

    @Test(arguments: [
        (#""""#, ""), (#" "a b" "#, "a b"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00""#, "😀"), ("\"é€😀\"", "é€😀"), (#""a\u0000b""#, "a\u{0}b"),
    ])
    func readsTexts(_ text: String, _ value: String) throws {
        #expect(try string(text) == value)
    }

    @Test(arguments: [
        "", "a", #"""#, #""a"#, #""\"#, #""\x""#, #""\u12""#, #""\u12g4""#, #""\ud83d""#, #""\ud83d\u0041""#,
        #""\ude00""#, "\"\u{1}\"", "\"\n\"", #""a"b"#, "'a'",
    ])
    func refusesOtherTexts(_ text: String) {
        #expect(throws: ReportFailure(.malformed)) { try string(text) }
    }

    @Test func refusesInvalidUTF8() {
        var reader = JSONReader([0x22, 0xc3, 0x28, 0x22])
        #expect(throws: ReportFailure(.malformed)) { try reader.string() }
    }

    @Test(arguments: [
        ("0", 0), (" 7 ", 7), ("-1", -1), ("9223372036854775807", Int64.max), ("-9223372036854775807", -Int64.max),
    ])
    func readsIntegers(_ text: String, _ value: Int64) throws {
        #expect(try integer(text) == value)
    }

    @Test(arguments: ["", "-", "- 1", "+1", "01", "1.0", "1e3", "1E3", "9223372036854775808", "a", "\"1\"", "1 2"])
    func refusesOtherIntegers(_ text: String) {
        #expect(throws: ReportFailure(.malformed)) { try integer(text) }
    }

    @Test func readsDigestsAndNothingElseForThem() throws {
        let digest = ContentDigest.sha256(of: [1])
        var good = reader("\"\(digest)\"")
        #expect(try good.digest() == digest)
        for text in [
            "\"\(digest)0\"", "\"sha256:\"", "\"\(digest.hex)\"", "\"\(digest.description.uppercased())\"", "1",
        ] {
            var bad = reader(text)
            #expect(throws: ReportFailure(.malformed)) { try bad.digest() }
        }
    }

    @Test func readsObjectsFieldByFieldAndSkipsTheRest() throws {
        var reader = reader(#" { "a" : 1 , "x" : [ { "b" : [ ] , "c" : {} } , -1.5e3, true,false,null ], "b":null} "#)
        var names: [String] = []
        var a: Int64?
        var isNull = false
        try reader.object { name, reader throws(ReportFailure) in
            names.append(name)
            if name == "a" { a = try reader.integer() }
            if name == "b" { isNull = try reader.null() }
        }
        try reader.end()
        #expect(names == ["a", "x", "b"])
        #expect(a == 1)
        #expect(isNull)
    }

    @Test(
        "two readers must not see two values, so a field stands once",
        arguments: [#"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#])
    func refusesARepeatedField(_ text: String) {
        var reader = reader(text)
        #expect(throws: ReportFailure(.malformed)) { try reader.object { _, _ in } }
    }

    @Test func boundsFieldsAndDepth() throws {
        func object(_ count: Int) -> String { "{" + (0..<count).map { "\"\($0)\":0" }.joined(separator: ",") + "}" }
        var full = reader(object(JSONReader.fieldLimit))
        try full.object { _, _ in }
        var over = reader(object(JSONReader.fieldLimit + 1))
        #expect(throws: ReportFailure(.tooLarge)) { try over.object { _, _ in } }
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        try skip(nested(JSONReader.depthLimit))
        #expect(throws: ReportFailure(.malformed)) { try skip(nested(JSONReader.depthLimit + 1)) }
        #expect(throws: ReportFailure(.malformed)) { try skip(String(repeating: "{\"a\":", count: 60_000)) }
    }

    @Test(arguments: [
        "", "{", "}", "{]", "[}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "[1,]", "[,1]", "[1 2]", "nul",
        "tru", "falsey", "1..2", "--1", "[1]]", "\u{feff}{}",
    ])
    func refusesWhatIsNotJSON(_ text: String) {
        #expect(throws: ReportFailure(.malformed)) { try skip(text) }
    }

    @Test func survivesHostileBytes() throws {
        let seed = Array(#"{"a":[1,-2.5e1,"x\u00e9\ud83d\ude00",{"b":null,"c":true}],"d":"é"}"#.utf8)
        func parse(_ bytes: RawSpan) {
            var reader = JSONReader(bytes.withUnsafeBytes { Array($0) })
            // Whatever the bytes are, the reader returns or throws.
            _ = try? reader.skip()
        }
        ParserTester.truncations(of: seed, parse)
        ParserTester.mutations(of: seed, count: 5000, parse)
    }
}
