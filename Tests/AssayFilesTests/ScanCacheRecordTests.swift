import AssayBytes
import AssayTestKit
import Testing

@testable import AssayFiles

@Suite struct ScanCacheRecordTests {
    private static var records: [ScanCacheRecord] {
        var plain = ScanCacheRecord()
        plain.path = Array("/usr/bin/a".utf8)
        plain.identity.size = 7
        plain.identity.changed = -5
        plain.readInScan = 9
        var reported = plain
        reported.path = Array("/usr/bin/ab".utf8)
        reported.flags = [.isReported, .hasMD5, .isMalformed]
        reported.sha256 = Array(0..<32)
        reported.md5 = Array(0..<16)
        reported.owner = 77
        reported.line = Array("{}".utf8)
        var third = reported
        third.path = Array("/usr/c".utf8)
        third.flags = [.isReported, .isRacy]
        third.md5 = []
        var vouched = third
        vouched.path = Array("/usr/d".utf8)
        vouched.flags = [.isReported, .isUnmeasured]
        vouched.identity.hasVerity = true
        return [plain, reported, third, vouched]
    }

    private static var block: [UInt8] {
        var block: [UInt8] = []
        var previous: [UInt8] = []
        for record in records {
            record.encode(into: &block, after: previous)
            previous = record.path
        }
        return block
    }

    private static func decode(_ bytes: RawSpan) throws(ParseFailure) -> [ScanCacheRecord] {
        var records: [ScanCacheRecord] = []
        var record = ScanCacheRecord()
        var offset = 0
        while offset < bytes.byteCount {
            offset = try record.decode(from: bytes, at: offset)
            records.append(record)
        }
        return records
    }

    @Test func decodesWhatWasEncoded() throws {
        let decoded = try Self.decode(Self.block.span.bytes)
        #expect(decoded.map(\.path) == Self.records.map(\.path))
        #expect(decoded.map(\.flags) == Self.records.map(\.flags))
        #expect(decoded.map(\.identity) == Self.records.map(\.identity))
        #expect(decoded.map(\.readInScan) == [9, 9, 9, 9])
        #expect(decoded.map(\.digests) == Self.records.map(\.digests))
        #expect(decoded.map(\.line) == Self.records.map(\.line))
        #expect(decoded.map(\.owner) == [0, 77, 77, 77])
    }

    @Test func refusesPathsOutOfOrder() {
        var block: [UInt8] = []
        Self.records[2].encode(into: &block, after: [])
        Self.records[0].encode(into: &block, after: Self.records[2].path)
        #expect(throws: ParseFailure(.badValue, "", at: 0)) { try Self.decode(block.span.bytes) }
    }

    @Test func refusesUnknownFlags() {
        var block = Self.block
        block[0] = 0x80
        #expect(throws: ParseFailure(.badValue, "", at: 0)) { try Self.decode(block.span.bytes) }
    }

    @Test func survivesDamage() {
        ParserTester.truncations(of: Self.block) { _ = try? Self.decode($0) }
        ParserTester.mutations(of: Self.block) { _ = try? Self.decode($0) }
    }
}
