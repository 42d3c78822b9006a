import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct USBStringDescriptorTests {
    private static func text(_ bytes: [UInt8]) throws -> String {
        try USBStringDescriptor.text(parsing: bytes.span.bytes)
    }

    @Test(
        arguments: [
            ([2, 3], ""), ([6, 3, 0x41, 0, 0xe9, 0], "Aé"), ([6, 3, 0x3d, 0xd8, 0x00, 0xde], "😀"),
            ([4, 3, 0x00, 0xd8], "\u{fffd}"), ([4, 3, 0x41, 0, 0x42, 0], "A"),
        ] as [([UInt8], String)])
    func readsText(_ bytes: [UInt8], _ text: String) throws {
        #expect(try Self.text(bytes) == text)
    }

    @Test func refusesWhatIsNoString() {
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try Self.text([8, 3, 0x41, 0]) }
        #expect(throws: ParseFailure(.badMagic, "", at: 0)) { try Self.text([4, 2, 0x41, 0]) }
        #expect(throws: ParseFailure(.badLength, "", at: 0)) { try Self.text([3, 3, 0x41]) }
        #expect(throws: ParseFailure(.badLength, "", at: 0)) { try Self.text([0, 3]) }
    }

    @Test func survivesHostileBytes() {
        ParserTester.mutations(of: [8, 3, 0x41, 0, 0x42, 0, 0x43, 0]) { bytes in
            _ = try? USBStringDescriptor.text(parsing: bytes)
        }
    }
}
