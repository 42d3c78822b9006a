package import AssayModel

/// A report as it came: parsed, and not to be believed yet.
package struct ReceivedReport: Sendable, Hashable {
    /// The bytes as they came, which are what is kept as evidence.
    package let bytes: [UInt8]
    /// The envelope.
    package let envelope: DSSEEnvelope
    /// Digest of the report: SHA-256 of the payload.
    package let digest: ContentDigest
    /// Id of the device that the envelope claims to come from.
    package let claimedDevice: ContentDigest
    private let signature: DSSEEnvelope.Signature

    /// Reads an envelope of at most ``DSSEEnvelope/sizeLimit`` bytes with one signature.
    package init(parsing bytes: [UInt8]) throws(ReportFailure) {
        let envelope = try DSSEEnvelope(parsing: bytes)
        guard envelope.payloadType == ReportStatement.payloadType else { throw ReportFailure(.wrongPayloadType) }
        guard let signature = envelope.signatures.first else { throw ReportFailure(.noSignature) }
        guard envelope.signatures.count == 1 else { throw ReportFailure(.severalSignatures) }
        guard let device = ContentDigest(signature.keyid ?? "") else { throw ReportFailure(.malformed, "keyid") }
        self.bytes = bytes
        self.envelope = envelope
        self.signature = signature
        digest = .sha256(of: envelope.payload)
        claimedDevice = device
    }

    /// Checks the signature against the key that is enrolled for the device, then everything the statement says of itself.
    package func verified(by device: DeviceIdentity) throws(ReportFailure) -> VerifiedReport {
        guard claimedDevice == device.id else { throw ReportFailure(.wrongKey) }
        guard envelope.isSigned(by: device.publicKey, signature) else { throw ReportFailure(.badSignature) }
        return VerifiedReport(
            received: self, device: device,
            statement: try ReportStatement(checking: envelope.payload, of: device.id))
    }
}

/// A report that the device's key signed and that agrees with itself.
///
/// Whether its sequence is new and its content known is for the collector to find out.
package struct VerifiedReport: Sendable, Hashable {
    /// The report as it came.
    package let received: ReceivedReport
    /// The device that signed.
    package let device: DeviceIdentity
    /// What it states.
    package let statement: ReportStatement

    fileprivate init(received: ReceivedReport, device: DeviceIdentity, statement: ReportStatement) {
        self.received = received
        self.device = device
        self.statement = statement
    }

    /// Digest of the report.
    package var digest: ContentDigest { received.digest }
    /// The report's own fields.
    package var predicate: ReportStatement.Predicate { statement.predicate }
    /// Merkle root over the sections.
    package var inventoryRoot: ContentDigest { MerkleTree.inventoryRoot(statement.predicate.sections) }
}
