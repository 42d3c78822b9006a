import AssayModel
import AssayTestKit
import Crypto
import Testing

@testable import AssayReport

@Suite struct DSSEEnvelopeTests {
    @Test("the encoding of the protocol's own example") func preAuthenticationEncoding() {
        let bytes = DSSEEnvelope.preAuthenticationEncoding(
            type: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
        #expect(String(decoding: bytes, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
        #expect(DSSEEnvelope.preAuthenticationEncoding(type: "", payload: []) == Array("DSSEv1 0  0 ".utf8))
    }

    @Test("lengths count bytes, not characters") func countsBytes() {
        let bytes = DSSEEnvelope.preAuthenticationEncoding(type: "é", payload: Array("ü".utf8))
        #expect(String(decoding: bytes, as: UTF8.self) == "DSSEv1 2 é 2 ü")
    }

    @Test("an attestation that cosign made verifies with its key", .enabled(if: Corpus.isAvailable))
    func verifiesAForeignEnvelope() throws {
        let text = try Corpus.bytes("dsse-intoto/grype/alpine.att.json")
        #expect(throws: ReportFailure(.tooLarge)) { try DSSEEnvelope(parsing: text) }
        let envelope = try DSSEEnvelope(parsing: text, sizeLimit: 1 << 20)
        let key = try P256.Signing.PublicKey(pemRepresentation: Corpus.text("dsse-intoto/grype/cosign.pub"))
        #expect(envelope.payloadType == ReportStatement.payloadType)
        #expect(envelope.isSigned(by: key, envelope.signatures[0]))
        #expect(!envelope.isSigned(by: try TestKeys.device().publicKey, envelope.signatures[0]))
    }

    @Test("the protocol's test vector verifies over the encoding only", .enabled(if: Corpus.isAvailable))
    func verifiesTheProtocolsVector() throws {
        struct Vector: Decodable {
            struct Envelope: Codable {
                struct Signature: Codable { var sig: String }
                var payload: String
                var payloadType: String
                var signatures: [Signature]
            }
            var pae: String
            var envelope: Envelope
        }
        let vector = try CanonicalJSON.decode(
            Vector.self, from: Corpus.bytes("dsse-intoto/dsse/protocol-test-vector.json"))
        let envelope = try DSSEEnvelope(parsing: CanonicalJSON.encode(vector.envelope))
        #expect(
            DSSEEnvelope.preAuthenticationEncoding(type: envelope.payloadType, payload: envelope.payload)
                == Array(vector.pae.utf8))
        // The vector gives its signature as r and s; the contract wants DER.
        let raw = try #require(Base64.decode(vector.envelope.signatures[0].sig))
        let der = try P256.Signing.ECDSASignature(rawRepresentation: raw).derRepresentation
        let signature = DSSEEnvelope.Signature(keyid: nil, sig: Base64.encode(der))
        let key = try P256.Signing.PublicKey(rawRepresentation: Self.vectorKey)
        #expect(envelope.isSigned(by: key, signature))
        #expect(!envelope.isSigned(by: key, envelope.signatures[0]), "raw r and s are not the contract's form")
        let bare = try P256.Signing.ECDSASignature(rawRepresentation: raw)
        #expect(!key.isValidSignature(bare, for: envelope.payload))
    }

    @Test func writesTheWireForm() throws {
        let envelope = try DSSEEnvelope(signing: [1, 2], type: "t/x", with: TestKeys.device(), keyID: "k")
        let text = String(decoding: try envelope.encoded(), as: UTF8.self)
        let signature = envelope.signatures[0].sig
        #expect(
            text == #"{"payload":"AQI=","payloadType":"t/x","signatures":[{"keyid":"k","sig":"\#(signature)"}]}"#)
        #expect(try DSSEEnvelope(parsing: Array(text.utf8)) == envelope)
    }

    @Test func boundsSignatures() {
        let many = String(repeating: #"{"sig":""},"#, count: 8) + #"{"sig":""}"#
        let text = #"{"payload":"","payloadType":"t","signatures":[\#(many)]}"#
        #expect(throws: ReportFailure(.tooLarge)) { try DSSEEnvelope(parsing: Array(text.utf8)) }
    }

    private static let vectorKey: [UInt8] = [
        0x67, 0xcd, 0x39, 0x0f, 0x77, 0xaa, 0x35, 0x9c, 0xb0, 0x8c, 0x22, 0x35,
        0xf6, 0x52, 0x27, 0x04, 0x93, 0xa9, 0xed, 0x83, 0x2b, 0x0a, 0xbc, 0xc0,
        0x1f, 0x70, 0x95, 0x4c, 0x03, 0x90, 0xd2, 0x38, 0x0c, 0x78, 0x2b, 0xd5,
        0x4e, 0x26, 0x91, 0x25, 0xa4, 0x4f, 0x44, 0x33, 0xaf, 0xf1, 0x43, 0x2c,
        0xe9, 0x4e, 0x12, 0xbc, 0xa7, 0x3a, 0xa6, 0x7a, 0xc8, 0x0c, 0xea, 0x12,
        0x60, 0x8d, 0xdf, 0x74,
    ]
}
