import AssayBytes
import Testing

@testable import AssayProbes

@Suite struct EndorsementKeyTests {
    /// The example of RFC 8017 has no small one: lengths and signs after X.690, worked out by hand.
    @Test func encodesRSAKeys() {
        #expect(Hex.string(EndorsementKey(modulus: [0x7f], exponent: 3).publicKey) == "300602017f020103")
        #expect(Hex.string(EndorsementKey(modulus: [0x80], exponent: 65_537).publicKey) == "3009020200800203010001")
        let long = EndorsementKey(modulus: [UInt8](repeating: 0xff, count: 256), exponent: 65_537).publicKey
        #expect(Hex.string(long.prefix(9)) == "3082010a0282010100")
        #expect(Hex.string(long.suffix(5)) == "0203010001")
        let middle = EndorsementKey(modulus: [UInt8](repeating: 0x7f, count: 130), exponent: 3).publicKey
        #expect(Hex.string(middle.prefix(6)) == "308188028182")
    }

    @Test func padsCoordinates() {
        let key = EndorsementKey(.p384, x: [1], y: [UInt8](repeating: 2, count: 48))
        #expect(key.publicKey.count == 97)
        #expect(Array(key.publicKey.prefix(49)) == [4] + [UInt8](repeating: 0, count: 47) + [1])
    }
}
