package import AssayModel

/// A device that asks to be let in, with everything but the token's secret already checked.
package struct Enrolment: Sendable {
    /// Fingerprint of the device key.
    package var deviceID: ContentDigest
    /// DER SubjectPublicKeyInfo of the device key.
    package var publicKey: [UInt8]
    /// Public part of the join token.
    package var tokenID: String
    /// SHA-256 of the secret that came with it.
    package var secretHash: [UInt8]
    /// What the device says of itself.
    package var facts: DeviceFacts
    /// End of validity of the certificate that it will get.
    package var certificateExpiry: Timestamp
    /// When it asked.
    package var at: Timestamp

    /// Describes a request.
    package init(
        deviceID: ContentDigest, publicKey: [UInt8], tokenID: String, secretHash: [UInt8], facts: DeviceFacts,
        certificateExpiry: Timestamp, at: Timestamp
    ) {
        self.deviceID = deviceID
        self.publicKey = publicKey
        self.tokenID = tokenID
        self.secretHash = secretHash
        self.facts = facts
        self.certificateExpiry = certificateExpiry
        self.at = at
    }
}

/// What became of a request to be let in.
package enum EnrolmentOutcome: Sendable, Hashable {
    /// The device is in, for the first time or again with the token that it used before.
    case enrolled(isNew: Bool)
    /// No such token, another secret, or a token that was withdrawn.
    case tokenInvalid
    /// The token's time is over.
    case tokenExpired
    /// All uses of the token are taken.
    case tokenUsed
    /// An operator withdrew the device's trust.
    case revoked
}
