import AssayModel
import AssayTestKit
import Testing

@testable import AssayTraceability

@Suite struct TrustAnchorsTests {
    typealias Certificates = SignedCertificates

    static func bytes(_ text: String) throws -> [UInt8] { try #require(Base64Text.decode(text)) }

    static func pem(_ texts: String...) -> [UInt8] {
        Array(texts.map { "-----BEGIN CERTIFICATE-----\n\($0)\n-----END CERTIFICATE-----\n" }.joined().utf8)
    }

    @Test(
        "every kind of key verifies its signature and no other's",
        arguments: [
            (Certificates.base, Certificates.sub, "ecdsaWithSHA256"),
            (Certificates.delta, Certificates.root, "ecdsaWithSHA384"),
            (Certificates.pss, Certificates.pssRoot, "rsassaPSS with SHA256"),
            (Certificates.ed, Certificates.edRoot, "Ed25519"),
        ])
    func keys(text: String, issuer: String, algorithm: String) throws {
        var certificate = try PlatformCertificate(der: try Self.bytes(text))
        let anchors = try TrustAnchors(try Self.bytes(issuer))
        #expect(try anchors.verify(certificate).algorithm == algorithm)
        certificate.signature[certificate.signature.count - 1] ^= 1
        #expect(throws: RecordFailure(.untrusted, field: "signature of \(certificate.name)", detail: "")) {
            try anchors.verify(certificate)
        }
    }

    @Test func aCertificateThatCameAlongIsBelievedAsFarAsATrustedOneSignedIt() throws {
        let file = Self.pem(Certificates.base, Certificates.sub)
        let root = try TrustAnchors(try Self.bytes(Certificates.root), now: RecordMoment("2026-06-01"))
        #expect(try RecordImport.read(file, trusting: root).count == 1)
        let stranger = try TrustAnchors(try Self.bytes(Certificates.pssRoot))
        let failure = RecordFailure(.untrusted, field: "signature of certificate 7 of C=DE,CN=sub", detail: "")
        #expect(throws: failure) { try RecordImport.read(file, trusting: stranger) }
        #expect(throws: failure) { try RecordImport.read(Self.pem(Certificates.base), trusting: root) }
    }

    @Test func theFormWithAPublicKeyIsRead() throws {
        let certificate = try PlatformCertificate(der: try Self.bytes(Certificates.base))
        #expect(certificate.structure == .publicKey)
        #expect(certificate.configurationVersion == 3)
        #expect(certificate.platform.serial == "A-1")
        #expect(!certificate.isDelta)
        let component = try #require(certificate.components.first)
        #expect(component.manufacturer == "acme")
        #expect(component.classValue == "0011001a")
        #expect(component.fieldReplaceable == true)
        #expect(component.countryOfOrigin == "DE")
        #expect(component.manufacturerID == "1.3.6.1.4.1.343")
        let record = try certificate.record(RecordSignature(.verified))
        #expect(record.components.first?.part.partNumber == "D4-8")
        #expect(record.components.first?.designator == "DIMM A")
        #expect(record.components.first?.origin == "DE")
        #expect(record.components.first?.addresses == [NetworkAddress(.ethernet, "8c:0f:6f:72:c6:c5")])
    }

    @Test func aDeltaOfProfile2NamesTheCertificateBeforeIt() throws {
        let base = try PlatformCertificate(der: try Self.bytes(Certificates.base))
        let delta = try PlatformCertificate(der: try Self.bytes(Certificates.delta))
        #expect(delta.amended == base.name)
        let resolution = RecordChain(base: try base.record(RecordSignature(.verified)))
            .resolve([try delta.delta(RecordSignature(.verified))])
        #expect(resolution.defects.isEmpty)
        #expect(resolution.effective.components.isEmpty)
    }

    @Test(arguments: [
        Certificates.base, Certificates.delta, Certificates.pss, Certificates.sub, IssuedCertificates.low,
    ])
    func hostileBytesEndInAFailure(text: String) throws {
        let bytes = try Self.bytes(text)
        let parse: (RawSpan) -> Void = { span in
            let copy = span.withUnsafeBytes { [UInt8]($0) }
            _ = try? PlatformCertificate(der: copy)
            _ = try? IssuerCertificate(der: copy)
        }
        ParserTester.truncations(of: bytes, parse)
        ParserTester.mutations(of: bytes, count: 2000, parse)
    }

    @Test func aFileWithoutCertificatesIsNoListOfIssuers() {
        #expect(throws: RecordFailure(.malformed, field: "certificate 1", detail: "")) { try TrustAnchors([1, 2, 3]) }
        #expect(throws: RecordFailure(.malformed, field: "block 1", detail: "")) {
            try TrustAnchors(Array("-----BEGIN CERTIFICATE-----\nMIIB".utf8))
        }
    }
}
