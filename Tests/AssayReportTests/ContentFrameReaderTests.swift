import AssayModel
import AssayTestKit
import Testing

@testable import AssayReport

@Suite struct ContentFrameReaderTests {
    private static let bodies: [[UInt8]] = [
        [1, 2, 3], [], Array("a\nsha256:b\n".utf8), [UInt8](repeating: 9, count: 5000),
    ]
    private static let stream = bodies.flatMap { body in
        ContentFrameHeader(digest: .sha256(of: body), size: body.count).encoded + body
    }

    private func read(_ bytes: [UInt8], pieces: Int = .max) throws -> [ContentObject] {
        var reader = ContentFrameReader()
        var objects: [ContentObject] = []
        for start in stride(from: 0, to: bytes.count, by: min(pieces, max(1, bytes.count))) {
            let end = pieces == .max ? bytes.count : min(bytes.count, start + pieces)
            try reader.read(Array(bytes[start..<end])) { objects.append($0) }
        }
        try reader.finish()
        return objects
    }

    @Test(arguments: [1, 2, 71, 4096, Int.max]) func readsObjectsFromPiecesOfAnySize(_ pieces: Int) throws {
        let objects = try read(Self.stream, pieces: pieces)
        #expect(objects.map(\.bytes) == Self.bodies)
        #expect(objects.map(\.digest) == Self.bodies.map { ContentDigest.sha256(of: $0) })
    }

    @Test func anEmptyStreamHoldsNothing() throws { #expect(try read([]).isEmpty) }

    @Test("a stream cut anywhere but between two objects is refused") func refusesTruncation() throws {
        var ends: Set<Int> = [0]
        var position = 0
        for body in Self.bodies {
            position += ContentFrameHeader(digest: .sha256(of: body), size: body.count).encoded.count + body.count
            ends.insert(position)
        }
        for count in 0...400 where !ends.contains(count) {
            #expect(throws: ReportFailure(.truncated)) { try read(Array(Self.stream.prefix(count))) }
        }
    }

    @Test func refusesOtherContentThanAnnounced() {
        let header = ContentFrameHeader(digest: .sha256(of: [1]), size: 1)
        #expect(throws: ReportFailure(.digestMismatch)) { try read(header.encoded + [2]) }
    }

    @Test(arguments: [
        (" 3\n", ReportFailure(.malformed)), ("3\n", ReportFailure(.malformed)), (" \n", ReportFailure(.malformed)),
        (" -3\n", ReportFailure(.malformed)), (" 03\n", ReportFailure(.malformed)),
        (" +3\n", ReportFailure(.malformed)),
        ("  3\n", ReportFailure(.malformed)), (" 3 \n", ReportFailure(.malformed)),
        (" 3x\n", ReportFailure(.malformed)),
        (" 99999999999999\n", ReportFailure(.malformed)), (" 8388609\n", ReportFailure(.tooLarge)),
        (" 9999999\n", ReportFailure(.tooLarge)),
    ])
    func refusesOddHeaders(_ rest: String, _ failure: ReportFailure) {
        let digest = rest == " 3\n" ? "sha256:" + String(repeating: "G", count: 64) : "\(ContentDigest.sha256(of: []))"
        #expect(throws: failure) { try read(Array((digest + rest).utf8)) }
    }

    @Test func refusesAnEndlessHeader() {
        #expect(throws: ReportFailure(.malformed)) { try read([UInt8](repeating: 0x61, count: 1 << 20), pieces: 64) }
        #expect(throws: ReportFailure(.malformed)) { try read([UInt8](repeating: 0x61, count: 1 << 20)) }
    }

    @Test func survivesHostileBytes() {
        ParserTester.mutations(of: Array(Self.stream.prefix(260)), count: 3000) { span in
            let bytes = span.withUnsafeBytes { Array($0) }
            guard let objects = try? read(bytes) else { return }
            for object in objects { #expect(object.digest == .sha256(of: object.bytes)) }
        }
    }
}
