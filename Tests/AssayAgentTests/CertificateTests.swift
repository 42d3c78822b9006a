import AssayModel
import AssayReport
import Crypto
import Foundation
import Testing

@testable import AssayAgent

@Suite struct CertificateTests {
    @Test(
        "openssl verifies the request and reads the key and the name",
        .enabled(if: Tool.openssl != nil, "needs openssl"))
    func requestIsWellFormed() throws {
        let folder = try StateFolder()
        let key = try DeviceKey.obtain(in: folder.state())
        let path = folder.path + "/request.pem"
        try CertificateSigningRequest(key: key.privateKey).pem.write(toFile: path, atomically: false, encoding: .utf8)
        let (status, output) = try Tool.run(
            Tool.openssl, ["req", "-in", path, "-verify", "-noout", "-subject", "-pubkey", "-text"])
        #expect(status == 0)
        #expect(output.contains("verify OK"))
        #expect(output.contains("CN = \(key.identity.id.hex)"))
        #expect(output.contains("ecdsa-with-SHA256"))
        #expect(output.contains(key.privateKey.publicKey.pemRepresentation))
    }

    @Test(.enabled(if: Tool.openssl != nil, "needs openssl")) func readsWhatOpenSSLMade() throws {
        let folder = try StateFolder()
        let key = try DeviceKey.obtain(in: folder.state())
        let certificates = try TestCertificates.shared()
        let pem = try certificates.sign(CertificateSigningRequest(key: key.privateKey).pem, days: 90)
        let facts = try CertificateFacts(pem: pem)
        #expect(facts.publicKey == Array(key.privateKey.publicKey.derRepresentation))
        #expect(facts.notAfter - facts.notBefore == 90 * 86_400)
        #expect(try CertificateFacts(pem: facts.pem) == facts)
        let path = folder.path + "/certificate.pem"
        try pem.write(toFile: path, atomically: false, encoding: .utf8)
        let output = try Tool.run(Tool.openssl, ["x509", "-in", path, "-noout", "-fingerprint", "-sha256"]).output
        let digits = output.lowercased().filter { $0.isHexDigit }.suffix(64)
        #expect(facts.fingerprint.hex == digits)
        #expect(!facts.isDueForRenewal(at: facts.notBefore))
        #expect(!facts.isDueForRenewal(at: facts.notAfter - 30 * 86_400 - 1))
        #expect(facts.isDueForRenewal(at: facts.notAfter - 30 * 86_400))
        #expect(facts.isDueForRenewal(at: facts.notAfter + 1))
    }

    @Test(.enabled(if: Tool.openssl != nil, "needs openssl")) func survivesHostileBytes() throws {
        let der = try CertificateFacts(pem: TestCertificates.shared().text("ca.pem")).der
        for count in 0..<der.count {
            #expect(throws: DeliveryFailure(.malformedAnswer)) { try CertificateFacts(der: Array(der.prefix(count))) }
        }
        for position in der.indices {
            for value in [0x00, 0x7f, 0x80, 0xff] as [UInt8] {
                var mutant = der
                mutant[position] = value
                _ = try? CertificateFacts(der: mutant)
            }
        }
    }

    @Test(arguments: [
        "", "x", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----", "-----BEGIN X-----\nMAA=\n-----END X-----",
    ])
    func refusesOtherText(_ pem: String) {
        #expect(throws: DeliveryFailure(.malformedAnswer)) { try CertificateFacts(pem: pem) }
    }
}
