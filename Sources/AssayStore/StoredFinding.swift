package import AssayModel

/// A finding of one device with its life: when it was first and last seen, and how it ended.
package struct StoredFinding: Sendable, Hashable {
    /// Stable id: the same fault of the same device has the same one.
    package var id: String
    /// The device; for a finding about a model one that shows it.
    package var deviceID: ContentDigest
    /// Stable name of the cause on any device.
    package var cause: String
    /// Id of the rule.
    package var rule: String
    /// `critical`, `high`, `medium`, `low` or `info`.
    package var severity: String
    /// What is wrong, in a sentence.
    package var title: String
    /// The whole finding as canonical JSON.
    package var content: [UInt8]
    /// When it was seen first.
    package var firstSeen: Timestamp
    /// When an evaluation saw it last.
    package var lastSeen: Timestamp
    /// The report that showed it first.
    package var firstReport: ContentDigest
    /// The report that showed it last.
    package var lastReport: ContentDigest
    /// When evidence or an operator settled it; nil while it is open.
    package var resolvedAt: Timestamp?
    /// Who or what settled it.
    package var resolution: String?
    /// Where it stands; an evaluation says `waived` or `open`, the store knows the rest.
    package var state: FindingState
    /// Id of the waiver that holds for it.
    package var waiver: String?
    /// What it is about.
    package var scope: FindingScope
    /// The model that it is about, for a finding about one.
    package var model: String?

    /// Describes a finding.
    package init(
        id: String, deviceID: ContentDigest, cause: String = "", rule: String, severity: String, title: String,
        content: [UInt8],
        firstSeen: Timestamp, lastSeen: Timestamp, firstReport: ContentDigest, lastReport: ContentDigest,
        resolvedAt: Timestamp? = nil, resolution: String? = nil,
        state: FindingState = .open, waiver: String? = nil, scope: FindingScope = .device, model: String? = nil
    ) {
        self.id = id
        self.deviceID = deviceID
        self.cause = cause
        self.rule = rule
        self.severity = severity
        self.title = title
        self.content = content
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.firstReport = firstReport
        self.lastReport = lastReport
        self.resolvedAt = resolvedAt
        self.resolution = resolution
        self.state = state
        self.waiver = waiver
        self.scope = scope
        self.model = model
    }
}

/// Which findings a list holds.
package struct FindingQuery: Sendable, Hashable {
    /// Only those of one device.
    package var deviceID: ContentDigest?
    /// What comes first.
    package enum Order: Sendable, Hashable {
        /// What was stored last.
        case newest
        /// What matters most, and among equals what was stored last; there is no going on after a page.
        case severity
    }

    /// Only those of devices of one model, see ``AssayModel/DeviceFacts/modelName``.
    package var model: String?
    /// Only those of devices at one site.
    package var site: String?
    /// Only those whose title or rule contains this, whatever the case.
    package var text: String?
    /// Only those of one rule.
    package var rule: String?
    /// Only those of one severity.
    package var severity: String?
    /// Only those of one cause.
    package var cause: String?
    /// Only those in these states; empty for any that `includesResolved` allows.
    package var states: Set<FindingState> = []
    /// Also those that are settled.
    package var includesResolved: Bool
    /// Also those that are for information only.
    package var includesInfo: Bool
    /// What comes first.
    package var order: Order

    /// Describes a query.
    package init(
        deviceID: ContentDigest? = nil, includesResolved: Bool = false, includesInfo: Bool = true,
        order: Order = .newest
    ) {
        self.deviceID = deviceID
        self.includesResolved = includesResolved
        self.includesInfo = includesInfo
        self.order = order
    }
}
