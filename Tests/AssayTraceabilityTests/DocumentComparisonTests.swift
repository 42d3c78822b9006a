import AssayModel
import AssayTraceability
import Testing

/// What differs between two revisions.
struct DocumentComparisonTests {
    private static func lines(_ old: String, _ new: String) throws -> [String] {
        try DocumentComparison(from: Array(old.utf8), to: Array(new.utf8)).differences.map {
            "\($0.place): \($0.before ?? "-") > \($0.after ?? "-")"
        }
    }

    @Test(
        "places and values",
        arguments: [
            (#"{"a":1,"b":{"c":"x"}}"#, #"{"b":{"c":"y"},"a":1}"#, ["b.c: x > y"]),
            (#"{"a":true}"#, #"{"a":false,"n":null}"#, ["a: true > false"]),
            // An entry that comes first moves no other.
            (
                #"{"l":[{"class":"usb","slot":"1","m":"a"}]}"#,
                #"{"l":[{"class":"pci","slot":"0"},{"class":"usb","slot":"1","m":"b"}]}"#,
                ["l[pci 0].class: - > pci", "l[pci 0].slot: - > 0", "l[usb 1].m: a > b"]
            ),
            // Equal entries are told apart by their number.
            (
                #"{"l":[{"class":"usb"},{"class":"usb"}]}"#, #"{"l":[{"class":"usb"}]}"#,
                ["l[usb #2].class: usb > -"]
            ),
            (#"{"s":["b","a","a"]}"#, #"{"s":["a","c"]}"#, ["s: b > c", "s: a > -"]),
            (#"{"s":["a","b"]}"#, #"{"s":["b","a"]}"#, []),
        ]) func differences(_ old: String, _ new: String, _ expected: [String]) throws
    {
        #expect(try Self.lines(old, new) == expected)
    }

    @Test func manyDifferencesAreCut() throws {
        let many = "{" + (0..<1500).map { "\"k\($0)\":1" }.joined(separator: ",") + "}"
        let comparison = try DocumentComparison(from: Array("{}".utf8), to: Array(many.utf8))
        #expect(comparison.differences.count == DocumentComparison.limit)
        #expect(comparison.omitted == 500)
    }

    @Test func whatIsNoJSONIsRefused() {
        #expect(throws: RecordFailure.self) { try DocumentComparison(from: Array("{".utf8), to: Array("{}".utf8)) }
    }
}
