package import AssayModel
package import Crypto

/// Turns what a scan found into a signed report.
package struct ReportSealer: Sendable {
    /// The device that signs.
    package let device: DeviceIdentity
    private let key: P256.Signing.PrivateKey

    /// A sealer with the device's key.
    package init(key: P256.Signing.PrivateKey) {
        self.key = key
        device = DeviceIdentity(publicKey: key.publicKey)
    }

    /// Signs `predicate`.
    package func seal(_ predicate: ReportStatement.Predicate) throws -> SealedReport {
        let payload = try ReportStatement(device: device.id, predicate: predicate).encoded()
        let envelope = try DSSEEnvelope(
            signing: payload, type: ReportStatement.payloadType, with: key, keyID: device.id.description)
        return SealedReport(
            digest: .sha256(of: payload), sequence: predicate.sequence, envelope: try envelope.encoded())
    }
}

/// A signed report, ready to be delivered.
package struct SealedReport: Sendable, Hashable {
    /// Digest of the report: SHA-256 of the payload.
    package var digest: ContentDigest
    /// Its sequence number.
    package var sequence: UInt64
    /// The envelope's bytes.
    package var envelope: [UInt8]

    /// Names an envelope.
    package init(digest: ContentDigest, sequence: UInt64, envelope: [UInt8]) {
        self.digest = digest
        self.sequence = sequence
        self.envelope = envelope
    }
}
