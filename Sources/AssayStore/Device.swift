package import AssayModel
package import AssayReport

/// An enrolled device as the store knows it.
package struct Device: Sendable {
    /// Fingerprint of the device key.
    package var id: ContentDigest
    /// DER SubjectPublicKeyInfo of the device key.
    package var publicKey: [UInt8]
    /// When the key was enrolled.
    package var enrolledAt: Timestamp
    /// Id of the join token that let it in.
    package var tokenID: String
    /// Id of the hardware profile that the operator assigned, through the join token or later.
    package var profileID: String?
    /// Where the device is, as an operator entered it.
    package var site: String?
    /// When an operator withdrew the device's trust; nil while it is trusted.
    package var revokedAt: Timestamp?
    /// End of validity of the newest certificate.
    package var certificateExpiry: Timestamp
    /// What the device says of itself, from enrolment and later from its reports.
    package var facts: DeviceFacts
    /// Where its chain of reports stands; nil before the first.
    package var head: ChainHead?
    /// What evaluation said last; nil before the first.
    package var standing: Standing?
    /// Whether something changed since the last evaluation.
    package var needsEvaluation: Bool
    /// Digest of the counts of the sections of the last report, as its ``ReportArrival`` has it.
    package var sectionCounts: ContentDigest?
    /// What ``AssayModel/FleetIdentity/digest(of:)`` gives for the identities that are kept of it.
    package var identitySet: ContentDigest?

    /// Describes a device.
    package init(
        id: ContentDigest, publicKey: [UInt8], enrolledAt: Timestamp, tokenID: String, profileID: String?,
        site: String? = nil,
        revokedAt: Timestamp?, certificateExpiry: Timestamp, facts: DeviceFacts, head: ChainHead?,
        standing: Standing?, needsEvaluation: Bool, sectionCounts: ContentDigest? = nil,
        identitySet: ContentDigest? = nil
    ) {
        self.id = id
        self.publicKey = publicKey
        self.enrolledAt = enrolledAt
        self.tokenID = tokenID
        self.profileID = profileID
        self.site = site
        self.revokedAt = revokedAt
        self.certificateExpiry = certificateExpiry
        self.facts = facts
        self.head = head
        self.standing = standing
        self.needsEvaluation = needsEvaluation
        self.sectionCounts = sectionCounts
        self.identitySet = identitySet
    }
}

/// The result of the last evaluation of a device, as far as lists and answers show it.
package struct Standing: Sendable, Hashable {
    /// Digest of the report that was evaluated.
    package var report: ContentDigest
    /// What the rules say; never `pending`.
    package var verdict: DeviceVerdict
    /// Open findings by severity.
    package var findings: FindingCounts
    /// Number of outcomes by name.
    package var outcomes: [String: Int]
    /// Id of the hardware profile that was applied.
    package var profileID: String?
    /// Id of the as-built record that was applied.
    package var recordID: String?
    /// When it was computed.
    package var evaluatedAt: Timestamp

    /// Describes a standing.
    package init(
        report: ContentDigest, verdict: DeviceVerdict, findings: FindingCounts, outcomes: [String: Int],
        profileID: String?,
        recordID: String?, evaluatedAt: Timestamp
    ) {
        self.report = report
        self.verdict = verdict
        self.findings = findings
        self.outcomes = outcomes
        self.profileID = profileID
        self.recordID = recordID
        self.evaluatedAt = evaluatedAt
    }
}
