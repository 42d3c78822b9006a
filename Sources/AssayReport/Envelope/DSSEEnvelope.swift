internal import AssayModel
package import Crypto

/// A Dead Simple Signing Envelope, version 1 (secure-systems-lab/dsse, envelope.md).
package struct DSSEEnvelope: Sendable, Hashable {
    /// One signature.
    package struct Signature: Sendable, Hashable, Encodable {
        /// Hint at the key; unsigned.
        package var keyid: String?
        /// The signature in base64.
        package var sig: String
    }

    /// Most bytes of an envelope that is parsed.
    package static let sizeLimit = 64 << 10
    /// Most signatures of an envelope that is parsed.
    package static let signatureLimit = 8

    /// The decoded payload.
    package let payload: [UInt8]
    /// Media type of the payload.
    package let payloadType: String
    /// The signatures in order.
    package let signatures: [Signature]

    init(payload: [UInt8], payloadType: String, signatures: [Signature]) {
        self.payload = payload
        self.payloadType = payloadType
        self.signatures = signatures
    }

    /// Signs `payload`: ECDSA P-256 over SHA-256 of the pre-authentication encoding, as DER.
    package init(
        signing payload: [UInt8], type: String, with key: P256.Signing.PrivateKey, keyID: String
    ) throws {
        let encoding = Self.preAuthenticationEncoding(type: type, payload: payload)
        let signature = try key.signature(for: encoding).derRepresentation
        self.payload = payload
        payloadType = type
        signatures = [Signature(keyid: keyID, sig: Base64.encode(signature))]
    }

    /// Reads an envelope; nothing about its signatures is known yet.
    package init(parsing bytes: [UInt8], sizeLimit: Int = Self.sizeLimit) throws(ReportFailure) {
        guard bytes.count <= sizeLimit else { throw ReportFailure(.tooLarge, "envelope") }
        var payload: [UInt8]?
        var payloadType: String?
        var signatures: [Signature]?
        var reader = JSONReader(bytes)
        try reader.object { name, reader throws(ReportFailure) in
            switch name {
            case "payload": payload = Base64.decode(try reader.string())
            case "payloadType": payloadType = try reader.string()
            case "signatures": signatures = try Self.signatures(&reader)
            default: break
            }
        }
        try reader.end()
        guard let payload, let payloadType, let signatures else { throw ReportFailure(.malformed, "envelope") }
        self.payload = payload
        self.payloadType = payloadType
        self.signatures = signatures
    }

    private static func signatures(_ reader: inout JSONReader) throws(ReportFailure) -> [Signature] {
        var signatures: [Signature] = []
        try reader.array { reader throws(ReportFailure) in
            guard signatures.count < Self.signatureLimit else { throw ReportFailure(.tooLarge, "signatures") }
            var keyID: String?
            var text: String?
            try reader.object { name, reader throws(ReportFailure) in
                switch name {
                case "keyid": keyID = try reader.null() ? nil : try reader.string()
                case "sig": text = try reader.string()
                default: break
                }
            }
            guard let text else { throw ReportFailure(.malformed, "signature") }
            signatures.append(Signature(keyid: keyID, sig: text))
        }
        return signatures
    }

    /// Whether `signature` is `key`'s over this payload and type.
    package func isSigned(by key: P256.Signing.PublicKey, _ signature: Signature) -> Bool {
        guard let bytes = Base64.decode(signature.sig) else { return false }
        guard let parsed = try? P256.Signing.ECDSASignature(derRepresentation: bytes) else { return false }
        return key.isValidSignature(
            parsed, for: Self.preAuthenticationEncoding(type: payloadType, payload: payload))
    }

    /// Canonical JSON of the envelope: what other implementations of DSSE read.
    package func encoded() throws -> [UInt8] {
        try CanonicalJSON.encode(
            Wire(payload: Base64.encode(payload), payloadType: payloadType, signatures: signatures))
    }

    /// The bytes that are signed (dsse, protocol.md: PAE).
    package static func preAuthenticationEncoding(type: String, payload: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }

    private struct Wire: Encodable {
        var payload: String
        var payloadType: String
        var signatures: [Signature]
    }
}
