import AssayTestKit
import Testing

@testable import AssayReport

@Suite struct GzipTests {
    private static let text = Array((0..<5000).map { "line \($0)\n" }.joined().utf8)
    private let limits = GzipReader.Limits(size: 8 << 20)

    @Test(arguments: [[], [0x41], text]) func roundTrips(_ bytes: [UInt8]) throws {
        let compressed = try GzipWriter.compress(bytes)
        #expect(compressed.prefix(2) == [0x1f, 0x8b])
        #expect(try GzipReader.decompress(compressed, limits: limits) == bytes)
    }

    @Test("pieces of any size give the same stream", arguments: [1, 7, 1000])
    func streams(_ size: Int) throws {
        var writer = try GzipWriter()
        var compressed: [UInt8] = []
        for start in stride(from: 0, to: Self.text.count, by: size * 50) {
            compressed += writer.write(Array(Self.text[start..<min(Self.text.count, start + size * 50)]))
        }
        compressed += writer.finish()
        #expect(writer.finish().isEmpty)
        var reader = try GzipReader(limits: limits)
        var output: [UInt8] = []
        for start in stride(from: 0, to: compressed.count, by: size) {
            try reader.read(Array(compressed[start..<min(compressed.count, start + size)])) { output += $0 }
        }
        try reader.finish()
        #expect(output == Self.text)
        #expect(reader.consumed == compressed.count)
        #expect(reader.produced == Self.text.count)
    }

    @Test func refusesMoreThanTheLimit() throws {
        let compressed = try GzipWriter.compress(Self.text)
        let exact = GzipReader.Limits(size: Self.text.count)
        #expect(try GzipReader.decompress(compressed, limits: exact).count == Self.text.count)
        let less = GzipReader.Limits(size: Self.text.count - 1)
        #expect(throws: ReportFailure(.tooLarge)) { try GzipReader.decompress(compressed, limits: less) }
    }

    @Test("a zip bomb is refused long before it is out") func refusesBombs() throws {
        var writer = try GzipWriter(level: 9)
        var bomb: [UInt8] = []
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        for _ in 0..<64 { bomb += writer.write(zeros) }
        bomb += writer.finish()
        var reader = try GzipReader(limits: .init(size: 1 << 30))
        var produced = 0
        var largest = 0
        #expect(throws: ReportFailure(.tooLarge)) {
            for start in stride(from: 0, to: bomb.count, by: 4096) {
                try reader.read(Array(bomb[start..<min(bomb.count, start + 4096)])) {
                    produced += $0.count
                    largest = max(largest, $0.count)
                }
            }
        }
        #expect(produced < 8 << 20)
        #expect(largest <= 64 << 10)
    }

    @Test func refusesTruncation() throws {
        let compressed = try GzipWriter.compress(Self.text)
        for count in [0, 1, 9, 10, 100, compressed.count - 8, compressed.count - 1] {
            #expect(throws: ReportFailure(.truncated)) {
                try GzipReader.decompress(Array(compressed.prefix(count)), limits: limits)
            }
        }
    }

    @Test func refusesWhatFollows() throws {
        let compressed = try GzipWriter.compress(Self.text)
        #expect(throws: ReportFailure(.malformed)) {
            try GzipReader.decompress(compressed + [0], limits: limits)
        }
        var reader = try GzipReader(limits: limits)
        try reader.read(compressed) { _ in }
        #expect(throws: ReportFailure(.malformed)) { try reader.read([0x1f]) { _ in } }
    }

    @Test func refusesABadChecksum() throws {
        var compressed = try GzipWriter.compress(Self.text)
        compressed[compressed.count - 6] ^= 1
        #expect(throws: ReportFailure(.malformed)) { try GzipReader.decompress(compressed, limits: limits) }
    }

    @Test(arguments: [Array("{}".utf8), [0x78, 0x9c, 0x03, 0, 0, 0, 0, 1]]) func refusesOtherFormats(_ bytes: [UInt8]) {
        #expect(throws: ReportFailure(.malformed)) { try GzipReader.decompress(bytes, limits: limits) }
    }

    @Test func survivesHostileBytes() throws {
        let compressed = try GzipWriter.compress(Array(Self.text.prefix(2000)))
        func parse(_ bytes: RawSpan) {
            _ = try? GzipReader.decompress(bytes.withUnsafeBytes { Array($0) }, limits: .init(size: 1 << 16))
        }
        ParserTester.truncations(of: compressed, parse)
        ParserTester.mutations(of: compressed, parse)
    }
}
