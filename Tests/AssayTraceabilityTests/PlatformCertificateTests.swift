import AssayBytes
import AssayModel
import AssayTestKit
import Testing

@testable import AssayTraceability

@Suite(.enabled(if: Corpus.isAvailable)) struct PlatformCertificateTests {
    static let folder = "platform-certs/"

    static func certificate(_ name: String) throws -> PlatformCertificate {
        let file = try PlatformCertificateFile(try Corpus.bytes(folder + name))
        return try #require(file.certificates.first)
    }

    static let anchors = Result { try TrustAnchors(try Corpus.bytes(folder + "hirs-laptop/default/ca.crt")) }

    @Test(
        "base and delta certificates verify with the key of their issuer",
        arguments: [
            "hirs-laptop/default/laptop.default.1.base.cer", "hirs-laptop/deltaPlatMem/laptop_deltaPlatCert_addMem.crt",
            "hirs-laptop/platCertLight/laptop_platCertLight_base_platform.crt",
            "hirs-laptop/badDeltaMem/laptop_badDeltaMem_delta.crt", "hirs-credentials/medium_attribute_cert_2187.pem",
        ])
    func verify(name: String) throws {
        let certificate = try Self.certificate(name)
        let signature = try Self.anchors.get().verify(certificate)
        #expect(signature.state == .verified)
        #expect(signature.issuer == "C=US,ST=ST,L=EXAMPLE,O=org,CN=ca")
        #expect(signature.algorithm == "sha256WithRSA")
    }

    @Test func aChangedByteDoesNotVerify() throws {
        var certificate = try Self.certificate("hirs-laptop/default/laptop.default.1.base.cer")
        certificate.signed[500] ^= 1
        #expect(throws: RecordFailure(.untrusted, field: "signature of \(certificate.name)", detail: "")) {
            try Self.anchors.get().verify(certificate)
        }
    }

    @Test func aStrangersCertificateIsNotTrusted() throws {
        let certificate = try Self.certificate("go-attestation/lenovo.cer")
        #expect(throws: RecordFailure(.untrusted, field: "signature of \(certificate.name)", detail: "")) {
            try Self.anchors.get().verify(certificate)
        }
    }

    @Test func theConfigurationOfProfile2Verifies() throws {
        let certificate = try Self.certificate("paccor/sample_testgen1-platform_cert.20250909102720.crt")
        let anchors = try TrustAnchors(
            try Corpus.bytes(Self.folder + "paccor/sample_testgen1-PCTestCA.example.com.pem"))
        #expect(try anchors.verify(certificate).state == .verified)
        #expect(certificate.configurationVersion == 3)
    }

    @Test("the configuration of profile 2 holds the components of its list")
    func profile2EqualsItsList() throws {
        let certificate = try Self.certificate("paccor/sample_testgen1-platform_cert.20250909102720.crt")
        let list = try PaccorComponentList(
            json: try Corpus.bytes(Self.folder + "paccor/sample_testgen1-localhost-componentlist.json"))
        #expect(certificate.components.count == 33)
        #expect(certificate.components == list.components)
    }

    @Test func profile10EqualsItsList() throws {
        let certificate = try Self.certificate("hirs-credentials/medium_attribute_cert_2187.pem")
        let list = try PaccorComponentList(json: try Corpus.bytes(Self.folder + "paccor/comps_medium_2187.json"))
        // Profile 1.0 knows no component classes, and the certificate has SERIAL's text as REVISION.
        func key(_ component: PlatformComponent) -> [String?] {
            [component.manufacturer, component.model, component.serial ?? component.revision]
        }
        #expect(certificate.components.map(key) == list.components.map(key))
        #expect(certificate.configurationVersion == 1)
    }

    @Test(
        "every platform certificate of the corpus decodes",
        arguments: [
            "hirs-credentials/TPM_INTC_Platform_Cert_RSA.txt", "hirs-credentials/basic_plat_cert.pem",
            "hirs-credentials/small_plat_cert.pem", "go-attestation/Intel_pc2.cer",
        ])
    func decodes(name: String) throws {
        let certificate = try Self.certificate(name)
        #expect(certificate.structure == .attribute)
        #expect(certificate.platform.manufacturer?.hasPrefix("Intel") == true)
    }

    @Test func theLaptopHasItsParts() throws {
        let certificate = try Self.certificate("hirs-laptop/default/laptop.default.1.base.cer")
        #expect(certificate.platform.serial == "56LMWD2")
        #expect(certificate.components.count == 6)
        #expect(!certificate.isDelta)
        #expect(certificate.amended == nil)
        let list = try PaccorComponentList(
            json: try Corpus.bytes(Self.folder + "hirs-laptop/default/laptop_default_hw.json"))
        #expect(certificate.components == list.components)
    }

    @Test func aDeltaNamesWhatItAmends() throws {
        let delta = try Self.certificate("hirs-laptop/badDeltaMem/laptop_badDeltaMem_delta.crt")
        #expect(delta.isDelta)
        #expect(delta.amended == CertificateName(issuer: "C=US,ST=ST,L=EXAMPLE,O=org,CN=ca", serial: "1"))
        #expect(delta.components.map(\.status) == [.removed, .removed, .added, .added])
        #expect(delta.validFrom == "2017-01-01T00:00:00Z")
    }

    @Test func nothingButAPlatformCertificateIsOne() throws {
        let bytes = try Corpus.bytes(Self.folder + "hirs-laptop/default/ek_cert.der")
        #expect(throws: ParseFailure(.badMagic, "", at: 0)) { try PlatformCertificate(der: bytes) }
    }

    @Test(arguments: ["hirs-laptop/default/laptop.default.1.base.cer", "go-attestation/plat_cert2.cer"])
    func hostileBytesEndInAFailure(name: String) throws {
        let bytes = try Corpus.bytes(Self.folder + name)
        let parse: (RawSpan) -> Void = { span in
            let copy = span.withUnsafeBytes { [UInt8]($0) }
            _ = try? PlatformCertificate(der: copy)
            _ = try? IssuerCertificate(der: copy)
        }
        ParserTester.truncations(of: bytes, parse)
        ParserTester.mutations(of: bytes, count: 3000, parse)
    }
}
