import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct TPMResponseTests {
    private static func parse(_ text: String) throws -> TPMResponse {
        let bytes = Hex.bytes(text.filter { $0 != " " }) ?? []
        return try TPMResponse(parsing: bytes.span.bytes)
    }

    @Test func readsBothForms() throws {
        #expect(try Self.parse("8001 0000000c 00000000 abcd").parameters == [0xab, 0xcd])
        #expect(try Self.parse("8001 0000000a 0000098e").code == 0x98e)
        let long = try Self.parse("8002 00000015 00000000 00000002 abcd 0000 01 0000")
        #expect(long.parameters == [0xab, 0xcd])
    }

    @Test(arguments: [
        ("8001 0000000b 00000000 abcd", ParseFailure.Code.badLength), ("8001 00001001 00000000", .tooLarge),
        ("00c4 0000000a 00000000", .badMagic), ("8002 0000000e 00000000 00001001", .tooLarge),
        ("8002 0000000e 00000000 00000001", .truncated), ("8001 0000", .truncated),
    ])
    func namesItsFailures(_ text: String, _ code: ParseFailure.Code) {
        #expect(throws: ParseFailure(code, "", at: 0)) { try Self.parse(text) }
    }

    @Test func survivesAnyBytes() {
        let parse: (RawSpan) -> Void = { _ = try? TPMResponse(parsing: $0) }
        let long: [UInt8] = [0x80, 2, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2]
        for input in [TPMBytes.response([1, 2, 3]), long] {
            ParserTester.truncations(of: input, parse)
            ParserTester.mutations(of: input, parse)
        }
    }
}
