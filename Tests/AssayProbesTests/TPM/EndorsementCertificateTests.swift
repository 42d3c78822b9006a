import AssayBytes
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct EndorsementCertificateTests {
    /// The shape of a certificate: fields that are not looked at are as short as they can be.
    private static func certificate(version: [UInt8] = [0xa0, 3, 2, 1, 2], key: [UInt8]) -> [UInt8] {
        func long(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
            [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xff)] + content
        }
        let before: [UInt8] = [2, 1, 7, 0x30, 0, 0x30, 0, 0x30, 0, 0x30, 0]
        let info = long(0x30, [0x30, 0] + long(3, [0] + key))
        return long(0x30, long(0x30, version + before + info) + [0x30, 0, 3, 1, 0])
    }

    private static let key = [UInt8](0...255)

    @Test func readsTheKey() throws {
        let bytes = Self.certificate(key: Self.key)
        let certificate = try EndorsementCertificate(parsing: bytes.span.bytes)
        #expect(certificate.key.publicKey == Self.key)
        #expect(certificate.digest == .sha256(of: bytes))
        // An index is often larger than what was written to it.
        let padded = bytes + [UInt8](repeating: 0xff, count: 40)
        #expect(try EndorsementCertificate(parsing: padded.span.bytes) == certificate)
        let first = Self.certificate(version: [], key: Self.key)
        #expect(try EndorsementCertificate(parsing: first.span.bytes).key == certificate.key)
    }

    @Test(
        arguments: [
            ([0x10, 0x01], ParseFailure.Code.badMagic), ([0x30, 0x80], .badLength), ([0x30, 0x82, 1, 0], .truncated),
            ([0x30, 0x82, 0, 2, 0x30, 0], .badValue), ([], .truncated),
        ] as [([UInt8], ParseFailure.Code)])
    func namesItsFailures(_ bytes: [UInt8], _ code: ParseFailure.Code) {
        #expect(throws: ParseFailure(code, "", at: 0)) { try EndorsementCertificate(parsing: bytes.span.bytes) }
    }

    @Test func survivesAnyBytes() {
        let parse: (RawSpan) -> Void = { _ = try? EndorsementCertificate(parsing: $0) }
        let input = Self.certificate(key: Self.key)
        ParserTester.truncations(of: input, parse)
        ParserTester.mutations(of: input, parse)
    }
}
