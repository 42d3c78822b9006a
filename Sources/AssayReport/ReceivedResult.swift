package import AssayModel

/// The result of a verification as it came: parsed, and not to be believed yet.
package struct ReceivedResult: Sendable, Hashable {
    private let statement: ReceivedStatement

    /// The body as it came, which is what is kept as evidence.
    package var bytes: [UInt8] { statement.bytes }
    /// The envelope.
    package var envelope: DSSEEnvelope { statement.envelope }
    /// Digest of the result: SHA-256 of the payload.
    package var digest: ContentDigest { statement.digest }
    /// The form in which the result travels.
    package var compactForm: [UInt8] { statement.compactForm }

    /// Reads an envelope with one signature, as JSON or in its compact form.
    package init(parsing body: [UInt8]) throws(ReportFailure) { statement = try ReceivedStatement(parsing: body) }

    /// Checks the signature against the signer's enrolled key, then everything that the statement says of itself.
    package func verified(by signer: DeviceIdentity) throws(ReportFailure) -> VerifiedResult {
        let payload = try self.statement.payload(signedBy: signer)
        return VerifiedResult(
            received: self, signer: signer, statement: try VerificationStatement(checking: payload, of: signer.id))
    }
}

/// The result of a verification that the signer's key signed and that agrees with itself.
package struct VerifiedResult: Sendable, Hashable {
    /// The result as it came.
    package let received: ReceivedResult
    /// The device whose key signed: the unit itself or a station.
    package let signer: DeviceIdentity
    /// What it states.
    package let statement: VerificationStatement

    fileprivate init(received: ReceivedResult, signer: DeviceIdentity, statement: VerificationStatement) {
        self.received = received
        self.signer = signer
        self.statement = statement
    }

    /// Digest of the result.
    package var digest: ContentDigest { received.digest }
    /// The result's own fields.
    package var predicate: VerificationStatement.Predicate { statement.predicate }
    /// What the unit is called.
    package var unit: String { statement.subject.first?.name ?? "" }
}
