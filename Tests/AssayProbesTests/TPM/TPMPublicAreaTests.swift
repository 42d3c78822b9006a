import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct TPMPublicAreaTests {
    @Test func readsBothKinds() throws {
        let rsa = TPMBytes.rsaArea()
        let area = try TPMPublicArea(parsing: rsa.span.bytes)
        #expect(area.isEndorsementKey)
        #expect(area.key == EndorsementKey(modulus: TPMBytes.modulus, exponent: 65_537))
        let curve = TPMBytes.curveArea
        let point = try TPMPublicArea(parsing: curve.span.bytes)
        #expect(point.isEndorsementKey)
        #expect(
            point.key.publicKey == [4, 0] + [UInt8](repeating: 7, count: 31) + [UInt8](repeating: 9, count: 32))
    }

    @Test("a length, curve or kind that cannot be is named") func namesItsFailures() {
        var short = TPMBytes.rsaArea()
        // Key bits: 2049 instead of 2048.
        if let position = short.firstRange(of: [8, 0, 0, 0, 0, 0])?.lowerBound { short[position + 1] = 1 }
        #expect(throws: ParseFailure(.badLength, "", at: 0)) { try TPMPublicArea(parsing: short.span.bytes) }
        var other = TPMBytes.curveArea
        if let position = other.firstRange(of: [0, 3, 0, 0x10])?.lowerBound { other[position + 1] = 0x7f }
        #expect(throws: ParseFailure(.unsupported, "", at: 0)) { try TPMPublicArea(parsing: other.span.bytes) }
        var symmetric = TPMBytes.rsaArea()
        symmetric[3] = 0x25
        #expect(throws: ParseFailure(.unsupported, "", at: 0)) { try TPMPublicArea(parsing: symmetric.span.bytes) }
    }

    @Test func survivesAnyBytes() {
        let parse: (RawSpan) -> Void = { _ = try? TPMPublicArea(parsing: $0) }
        for input in [TPMBytes.rsaArea(), TPMBytes.curveArea] {
            ParserTester.truncations(of: input, parse)
            ParserTester.mutations(of: input, parse)
        }
    }
}
