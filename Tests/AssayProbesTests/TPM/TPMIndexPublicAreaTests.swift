import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct TPMIndexPublicAreaTests {
    private static func area(_ attributes: TPMIndexPublicArea.Attributes) -> [UInt8] {
        TPMBytes.sized(
            TPMBytes.octets(0x01c0_0002) + [0, 11] + TPMBytes.octets(attributes.rawValue) + [0, 2, 1, 2, 3, 0xe8])
    }

    private static let free: TPMIndexPublicArea.Attributes = [.authRead, .noDictionaryAttack, .written]

    @Test(
        "an index is free to read when an empty password leaves no trace",
        arguments: [
            (free, true), (free.union(.readLocked), false), (free.subtracting(.noDictionaryAttack), false),
            (free.subtracting(.authRead), false), (free.subtracting(.written), false),
        ])
    func freeToRead(_ attributes: TPMIndexPublicArea.Attributes, _ isFree: Bool) throws {
        let bytes = Self.area(attributes)
        let area = try TPMIndexPublicArea(parsing: bytes.span.bytes)
        #expect(area.isFreeToRead == isFree)
        #expect(area.size == 1000)
    }

    @Test func survivesAnyBytes() {
        let parse: (RawSpan) -> Void = { _ = try? TPMIndexPublicArea(parsing: $0) }
        ParserTester.truncations(of: Self.area(Self.free), parse)
        ParserTester.mutations(of: Self.area(Self.free), parse)
        let empty: [UInt8] = [0, 0]
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try TPMIndexPublicArea(parsing: empty.span.bytes) }
    }
}
