import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct TPMCapabilityDataTests {
    private static let properties: [UInt8] = [
        0, 0, 0, 0, 6, 0, 0, 0, 3, 0, 0, 1, 2, 0, 0, 0, 138, 0, 0, 1, 5, 0x53, 0x54, 0x4d, 0x20,
        0, 0, 1, 0x0b, 0, 74, 0, 8,
    ]

    @Test func readsHandlesAndProperties() throws {
        let data = try TPMCapabilityData(parsing: Self.properties.span.bytes)
        #expect(!data.hasMore)
        #expect(data.properties == [0x102: 138, 0x105: 0x5354_4d20, 0x10b: 0x004a_0008])
        let list: [UInt8] = [1, 0, 0, 0, 1, 0, 0, 0, 1, 0x81, 1, 0, 1]
        let handles = try TPMCapabilityData(parsing: list.span.bytes)
        #expect(handles.hasMore && handles.handles == [0x8101_0001])
    }

    @Test(
        arguments: [
            ([0, 0, 0, 0, 9, 0, 0, 0, 0], ParseFailure.Code.unsupported), ([0, 0, 0, 0, 1, 0xff, 0, 0, 0], .tooLarge),
            ([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1], .truncated), ([], .truncated),
        ] as [([UInt8], ParseFailure.Code)])
    func namesItsFailures(_ bytes: [UInt8], _ code: ParseFailure.Code) {
        #expect(throws: ParseFailure(code, "", at: 0)) { try TPMCapabilityData(parsing: bytes.span.bytes) }
    }

    @Test func survivesAnyBytes() {
        let parse: (RawSpan) -> Void = { _ = try? TPMCapabilityData(parsing: $0) }
        ParserTester.truncations(of: Self.properties, parse)
        ParserTester.mutations(of: Self.properties, parse)
    }
}
