import AssayHost
import AssayTestKit
import Testing

@testable import AssayPackages

@Suite struct LineScannerTests {
    private static func lines(_ bytes: [UInt8]) -> [(text: String, isWhole: Bool)] {
        var scanner = LineScanner()
        var lines: [(String, Bool)] = []
        scanner.scan(bytes.span.bytes) { line, isWhole in lines.append((line.text(0..<line.count), isWhole)) }
        return lines
    }

    @Test(arguments: [
        ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]), ("\n", [""]),
    ])
    func cutsLines(_ text: String, _ lines: [String]) {
        #expect(Self.lines(Array(text.utf8)).map(\.text) == lines)
    }

    @Test("lines that cross the end of the buffer stay whole") func joinsAcrossTheBuffer() {
        let line = String(repeating: "x", count: 40_000)
        let lines = Self.lines(Array("\(line)\n\(line)\nend".utf8))
        #expect(lines.map(\.text) == [line, line, "end"])
        #expect(lines.allSatisfy { $0.isWhole })
    }

    @Test(arguments: [LineScanner.lineLimit - 1, LineScanner.lineLimit, 3 * LineScanner.lineLimit + 5])
    func cutsWhatIsTooLong(_ count: Int) {
        let lines = Self.lines([UInt8](repeating: 0x78, count: count) + Array("\nnext\n".utf8))
        #expect(lines.map(\.text.utf8.count) == [min(count, LineScanner.lineLimit), 4])
        #expect(lines.map(\.isWhole) == [count < LineScanner.lineLimit, true])
    }

    @Test func stopsAtTheLimit() throws {
        let tree = try HostTree(["/f": "one\ntwo\n"])
        let root = try tree.root()
        #expect(throws: HostFailure(.tooLarge, path: "/f")) {
            guard let file = try root.open("/f") else { return }
            var scanner = LineScanner()
            try scanner.scan(file, limit: 5) { _, _ in }
        }
    }
}
