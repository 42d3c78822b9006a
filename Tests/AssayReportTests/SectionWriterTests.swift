import AssayModel
import Testing

@testable import AssayReport

@Suite struct SectionWriterTests {
    /// What the rule of docs/protocol.md gives, computed from all lines at once.
    private func expectedShards(_ lines: [(key: String, line: String)], count: Int) -> [[UInt8]] {
        var shards = [[UInt8]](repeating: [], count: count)
        for (key, line) in lines {
            let digest = ContentDigest.sha256(of: Array(key.utf8))
            let first = Int(digest.hex.prefix(2), radix: 16) ?? 0
            shards[first % count] += Array((line + "\n").utf8)
        }
        return shards
    }

    private func lines(_ count: Int, padding: Int = 0) -> [(key: String, line: String)] {
        (0..<count).map { number in
            let path = "/usr/lib/\(number)"
            return (path, "{\"path\":\"\(path)\"\(String(repeating: " ", count: padding))}")
        }
    }

    private func write(_ lines: [(key: String, line: String)]) throws -> WrittenSection {
        var writer = SectionWriter(.files)
        for (key, line) in lines { try writer.append(line: Array(line.utf8), key: key.utf8) }
        return try writer.finish()
    }

    @Test(arguments: [0, 1, 1024]) func smallSectionsStayWhole(_ count: Int) throws {
        let lines = lines(count)
        let section = try write(lines)
        let bytes = Array(lines.map { $0.line + "\n" }.joined().utf8)
        #expect(section.index == nil)
        #expect(
            section.descriptor
                == SectionDescriptor(digest: .sha256(of: bytes), lines: count, size: bytes.count, shards: nil))
    }

    @Test(arguments: [(1025, 64), (16_384, 64), (16_385, 256)])
    func largeSectionsAreSplit(_ count: Int, _ shards: Int) throws {
        let lines = lines(count)
        let section = try write(lines)
        let expected = expectedShards(lines, count: shards)
        let bytes = try #require(section.index)
        #expect(section.descriptor.digest == .sha256(of: bytes))
        #expect(section.descriptor.lines == count)
        #expect(section.descriptor.shards == shards)
        let index = try SectionIndex(parsing: bytes, of: "files", as: section.descriptor)
        #expect(index.shards.map(\.digest) == expected.map { ContentDigest.sha256(of: $0) })
        #expect(index.shards.map(\.size) == expected.map(\.count))
        #expect(index.lines == count)
    }

    @Test func fewLongLinesAreSplitToo() throws {
        let lines = lines(300, padding: 8192)
        let section = try write(lines)
        #expect(section.descriptor.shards == 64)
        let index = try SectionIndex(parsing: try #require(section.index), of: "files", as: section.descriptor)
        #expect(index.shards.map(\.size) == expectedShards(lines, count: 64).map(\.count))
    }

    @Test func oneChangedLineChangesOneShard() throws {
        var lines = lines(2000)
        let before = try #require(try write(lines).index)
        lines[700].line += " "
        let after = try #require(try write(lines).index)
        let old = try CanonicalJSON.decode(SectionIndex.self, from: before)
        let new = try CanonicalJSON.decode(SectionIndex.self, from: after)
        #expect(zip(old.shards, new.shards).filter { $0 != $1 }.count == 1)
    }

    @Test func givesEveryLineAsItStands() throws {
        var writer = SectionWriter(.gaps)
        let one = try writer.append(Gap(probe: "a", path: "/b", kind: .denied, detail: "c"), key: "/b")
        let two = try writer.append(Gap(probe: "a/é", path: "/c", kind: .ioError, detail: ""), key: "/c")
        #expect(writer.lines == 2)
        #expect(writer.size == one.bytes.count + two.bytes.count)
        let expected = """
            {"detail":"c","kind":"denied","path":"/b","probe":"a"}
            {"detail":"","kind":"ioError","path":"/c","probe":"a/é"}

            """
        #expect(String(decoding: one.bytes + two.bytes, as: UTF8.self) == expected)
        #expect(try writer.finish().descriptor.digest == .sha256(of: Array(expected.utf8)))
    }

    @Test func refusesEndlessLines() {
        var writer = SectionWriter(.files)
        #expect(throws: ReportFailure(.tooLarge)) {
            try writer.append(line: [UInt8](repeating: 0x20, count: SectionSplit.lineLimit), key: [])
        }
    }

    @Test("lines whose keys all fall into one shard are refused once the shard is too large")
    func refusesOversizedShards() throws {
        var writer = SectionWriter(.files)
        let line = [UInt8](repeating: 0x20, count: SectionSplit.lineLimit - 1)
        for _ in 0..<9 { try writer.append(line: line, key: []) }
        #expect(throws: ReportFailure(.tooLarge)) { try writer.finish() }
    }
}
