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
        let (digest, envelope) = try sign(try ReportStatement(device: device.id, predicate: predicate).encoded())
        return SealedReport(digest: digest, sequence: predicate.sequence, envelope: envelope)
    }

    /// Signs the result of a verification as `statement` tells it.
    package func seal(_ statement: VerificationStatement) throws -> SealedResult {
        let (digest, envelope) = try sign(try statement.encoded())
        guard envelope.count <= DSSEEnvelope.sizeLimit else { throw ReportFailure(.tooLarge, "result") }
        return SealedResult(digest: digest, takenAt: statement.predicate.takenAt, envelope: envelope)
    }

    private func sign(_ payload: [UInt8]) throws -> (digest: ContentDigest, envelope: [UInt8]) {
        let envelope = try DSSEEnvelope(
            signing: payload, type: ReportStatement.payloadType, with: key, keyID: device.id.description)
        return (.sha256(of: payload), try envelope.encoded())
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

/// The signed result of a verification, ready to be delivered.
package struct SealedResult: Sendable, Hashable {
    /// Digest of the result: SHA-256 of the payload.
    package var digest: ContentDigest
    /// When the unit was verified.
    package var takenAt: Timestamp
    /// The envelope's bytes.
    package var envelope: [UInt8]
}
