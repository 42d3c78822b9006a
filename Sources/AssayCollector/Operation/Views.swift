package import AssayModel
package import AssayReport
internal import AssayRules
package import AssayStore

/// A device as the operator API and the command line show it.
package struct DeviceView: Sendable, Codable {
    /// Fingerprint of the device key.
    package let id: ContentDigest
    /// `pass`, `fail`, `undetermined`, `unverified`, or `pending` before the first evaluation.
    package let verdict: DeviceVerdict
    /// Whether something changed since that verdict.
    package let needsEvaluation: Bool
    /// Open findings by severity.
    package let findings: FindingCounts
    /// Number of outcomes by name.
    package let outcomes: [String: Int]
    /// What the device says of itself.
    package let device: DeviceFacts
    /// When its key was enrolled.
    package let enrolledAt: Timestamp
    /// When its trust was withdrawn.
    package let revokedAt: Timestamp?
    /// End of validity of its newest certificate.
    package let certificateExpiry: Timestamp
    /// Hardware profile that an operator assigned.
    package let assignedProfile: String?
    /// Where it is, as an operator entered it.
    package let site: String?
    /// Hardware profile that was applied last.
    package let appliedProfile: String?
    /// As-built record that was applied last.
    package let appliedRecord: String?
    /// When the last report arrived.
    package let lastSeen: Timestamp?
    /// Sequence number of the last report.
    package let sequence: Int64?
    /// Digest of the last report.
    package let report: ContentDigest?
    /// Digest of the report that the verdict is about.
    package let evaluatedReport: ContentDigest?
    /// When the verdict was made.
    package let evaluatedAt: Timestamp?

    /// Shows a device.
    package init(_ device: Device) {
        id = device.id
        verdict = device.standing?.verdict ?? .pending
        needsEvaluation = device.needsEvaluation
        findings = device.standing?.findings ?? FindingCounts()
        outcomes = device.standing?.outcomes ?? [:]
        self.device = device.facts
        enrolledAt = device.enrolledAt
        revokedAt = device.revokedAt
        certificateExpiry = device.certificateExpiry
        assignedProfile = device.profileID
        site = device.site
        appliedProfile = device.standing?.profileID
        appliedRecord = device.standing?.recordID
        lastSeen = device.head?.receivedAt
        sequence = device.head?.sequence
        report = device.head?.report
        evaluatedReport = device.standing?.report
        evaluatedAt = device.standing?.evaluatedAt
    }
}

/// A finding with its life, as the operator API and the command line show it.
package struct FindingView: Sendable, Codable {
    /// `device` or `model`: what it is about.
    package let scope: FindingScope
    /// The model that a finding about one is about.
    package let model: String?
    /// The device; for a finding about a model one that shows it.
    package let device: ContentDigest
    /// `open`, `acknowledged`, `waived` or `resolved`.
    package let state: String
    /// Id of the waiver that holds for it.
    package let waiver: String?
    /// When it was seen first.
    package let firstSeen: Timestamp
    /// When an evaluation saw it last.
    package let lastSeen: Timestamp
    /// The report that showed it first.
    package let firstReport: ContentDigest
    /// The report that showed it last.
    package let lastReport: ContentDigest
    /// When it was settled.
    package let resolvedAt: Timestamp?
    /// Who or what settled it.
    package let resolution: String?
    /// Why a finding of its rule matters.
    package let matters: String?
    /// The finding itself.
    package let finding: Finding

    /// Shows a finding.
    package init(_ stored: StoredFinding) throws {
        scope = stored.scope
        model = stored.model
        device = stored.deviceID
        state = stored.state.rawValue
        waiver = stored.waiver
        firstSeen = stored.firstSeen
        lastSeen = stored.lastSeen
        firstReport = stored.firstReport
        lastReport = stored.lastReport
        resolvedAt = stored.resolvedAt
        resolution = stored.resolution
        matters = RuleCatalog.matters(stored.rule)
        finding = try CanonicalJSON.decode(Finding.self, from: stored.content)
    }
}

/// A profile or record in a list.
package struct DocumentView: Sendable, Codable {
    /// Its id.
    package let id: String
    /// Number of the import under this id.
    package let revision: Int
    /// SHA-256 of its canonical JSON.
    package let digest: ContentDigest
    /// Serial number that a record is for.
    package let serial: String?
    /// Device that a record is for.
    package let deviceID: String?
    /// When it was imported.
    package let importedAt: Timestamp

    /// Shows a document without its content.
    package init(_ document: TraceabilityDocument) {
        id = document.id
        revision = document.revision
        digest = document.digest
        serial = document.serial
        deviceID = document.deviceID
        importedAt = document.importedAt
    }
}

/// A policy with who vouches for it.
package struct PolicyView: Sendable, Codable {
    /// The policy.
    package let policy: DevicePolicy
    /// The key that signed it, or who reviewed it.
    package let vouchedBy: String
}

/// A join token in a list; the secret is nowhere to be had.
package struct TokenView: Sendable, Codable {
    /// Public part.
    package let id: String
    /// `active`, `expired`, `used` or `revoked`.
    package let state: String
    /// How many devices may use it.
    package let uses: Int
    /// How many have.
    package let used: Int
    /// Hardware profile that devices get with it.
    package let profile: String?
    /// When it was made.
    package let createdAt: Timestamp
    /// When it stops working.
    package let expiresAt: Timestamp

    /// Shows a token.
    package init(_ token: IssuedToken, at now: Timestamp) {
        id = token.id
        state = token.state(at: now)
        uses = token.uses
        used = token.used
        profile = token.profileID
        createdAt = token.createdAt
        expiresAt = token.expiresAt
    }
}

/// A new join token: the only time that its text is shown.
package struct NewTokenView: Sendable, Codable {
    /// What the operator hands to the device.
    package let token: String
    /// The rest of it.
    package let details: TokenView
}

/// One page of a list.
package struct PageView<Item: Sendable & Codable>: Sendable, Codable {
    /// The things.
    package let items: [Item]
    /// Value of `after` for the next page; nil on the last.
    package let next: String?

    /// A page.
    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}
