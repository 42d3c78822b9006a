import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct USBBinaryObjectStoreTests {
    /// A store with a USB 2.0 extension and a container id.
    static let sample: [UInt8] =
        [5, 15, 32, 0, 2, 7, 16, 2, 6, 0, 0, 0, 20, 16, 4, 0] + (0..<16).map { UInt8($0) }

    private static func parse(_ bytes: [UInt8]) throws -> USBBinaryObjectStore {
        try USBBinaryObjectStore(parsing: bytes.span.bytes)
    }

    @Test func readsCapabilities() throws {
        let store = try Self.parse(Self.sample)
        #expect(store.capabilities.map(\.type) == [2, 4])
        #expect(store.containerID?.description == "03020100-0504-0706-0809-0a0b0c0d0e0f")
        #expect(store.fault == nil)
    }

    @Test(
        arguments: [
            (Array(sample.prefix(20)), ParseFailure.Code.truncated), (sample + [0], nil),
            (Array(sample.prefix(12)) + [2] + sample.dropFirst(13), .badLength),
            (Array(sample.prefix(13)) + [5] + sample.dropFirst(14), .badMagic),
            ([5, 15, 33] + sample.dropFirst(3), .badLength),
        ] as [([UInt8], ParseFailure.Code?)])
    func keepsWhatPrecedesAFault(_ bytes: [UInt8], _ code: ParseFailure.Code?) throws {
        let store = try Self.parse(bytes)
        #expect(store.capabilities.first?.type == 2)
        #expect(store.fault?.code == code)
    }

    @Test func refusesWhatIsNoStore() {
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try Self.parse([5, 15]) }
        #expect(throws: ParseFailure(.badLength, "", at: 0)) { try Self.parse([4, 15, 5, 0, 0]) }
        #expect(throws: ParseFailure(.badMagic, "", at: 0)) { try Self.parse([5, 2, 5, 0, 0]) }
    }

    @Test func survivesHostileBytes() {
        ParserTester.truncations(of: Self.sample) { _ = try? USBBinaryObjectStore(parsing: $0) }
        ParserTester.mutations(of: Self.sample) { _ = try? USBBinaryObjectStore(parsing: $0).containerID }
    }
}
