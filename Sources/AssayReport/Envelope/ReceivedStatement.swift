package import AssayModel

/// An envelope with one signature over an in-toto statement, as it came: parsed, and not to be believed yet.
package struct ReceivedStatement: Sendable, Hashable {
    /// The body as it came, which is what is kept as evidence: the compact form or the envelope's JSON.
    package let bytes: [UInt8]
    /// The envelope.
    package let envelope: DSSEEnvelope
    /// SHA-256 of the payload.
    package let digest: ContentDigest
    /// Id of the device that the envelope claims to come from.
    package let claimedDevice: ContentDigest
    private let signature: DSSEEnvelope.Signature

    /// The form in which the statement travels; the envelope itself where it has no compact form.
    package var compactForm: [UInt8] { CompactEnvelope.encode(envelope) ?? bytes }

    /// Reads an envelope with one signature, as JSON or in its compact form, of at most ``DSSEEnvelope/sizeLimit`` bytes.
    package init(parsing body: [UInt8]) throws(ReportFailure) {
        guard body.count <= DSSEEnvelope.sizeLimit else { throw ReportFailure(.tooLarge, "envelope") }
        let compact = CompactEnvelope.decode(body)
        let envelope = if let compact { compact } else { try DSSEEnvelope(parsing: body) }
        guard envelope.payloadType == ReportStatement.payloadType else { throw ReportFailure(.wrongPayloadType) }
        guard let signature = envelope.signatures.first else { throw ReportFailure(.noSignature) }
        guard envelope.signatures.count == 1 else { throw ReportFailure(.severalSignatures) }
        guard let device = ContentDigest(signature.keyid ?? "") else { throw ReportFailure(.malformed, "keyid") }
        bytes = body
        self.envelope = envelope
        self.signature = signature
        digest = .sha256(of: envelope.payload)
        claimedDevice = device
    }

    /// The payload, once the signature was checked against the device's enrolled key.
    func payload(signedBy device: DeviceIdentity) throws(ReportFailure) -> [UInt8] {
        guard claimedDevice == device.id else { throw ReportFailure(.wrongKey) }
        guard envelope.isSigned(by: device.publicKey, signature) else { throw ReportFailure(.badSignature) }
        return envelope.payload
    }
}
