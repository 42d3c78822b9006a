package import AssayModel

/// Where a finding stands in its life.
package enum FindingState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody has looked at it.
    case open
    /// Somebody has, and it stays until evidence ends it.
    case acknowledged
    /// Somebody answers for it until a day.
    case waived
    /// A report or a record no longer shows it.
    case resolved
}

/// One change in the life of a finding, kept for good.
package struct FindingEvent: Sendable, Hashable, Codable {
    /// What changed.
    package enum Kind: String, Sendable, Hashable, Codable {
        case opened, acknowledged, waived, resolved, reopened
        /// A waiver ended: it was taken back, or its day came.
        case unwaived
    }

    /// When.
    package var at: Timestamp
    /// Who: an operator as in the audit trail, or `evidence` for what an evaluation saw.
    package var actor: String
    /// What.
    package var event: Kind
    /// Why.
    package var detail: String

    /// Describes a change.
    package init(at: Timestamp, actor: String, event: Kind, detail: String) {
        self.at = at
        self.actor = actor
        self.event = event
        self.detail = detail
    }
}

/// Somebody's word that a cause may stand for a while.
package struct Waiver: Sendable, Hashable, Codable {
    /// For which devices it holds.
    package enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
        /// One device.
        case unit
        /// Every device of a maker's model.
        case model
        /// Every device at a site.
        case site
    }

    /// Its id.
    package var id: String
    /// Cause that may stand, as findings state it.
    package var cause: String
    /// Rule of the finding that it was made for.
    package var rule: String
    /// For which devices it holds.
    package var scope: Scope
    /// The device's id, the model or the site, as the scope says.
    package var subject: String
    /// Who answers for it.
    package var owner: String
    /// Why the cause may stand.
    package var reason: String
    /// When it ends by itself.
    package var expiresAt: Timestamp
    /// When it was made.
    package var createdAt: Timestamp
    /// Who made it.
    package var createdBy: String
    /// When it ended; nil while it holds.
    package var endedAt: Timestamp?

    /// Describes a waiver.
    package init(
        id: String, cause: String, rule: String, scope: Scope, subject: String, owner: String, reason: String,
        expiresAt: Timestamp, createdAt: Timestamp, createdBy: String, endedAt: Timestamp? = nil
    ) {
        self.id = id
        self.cause = cause
        self.rule = rule
        self.scope = scope
        self.subject = subject
        self.owner = owner
        self.reason = reason
        self.expiresAt = expiresAt
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.endedAt = endedAt
    }
}

/// One cause over the fleet.
package struct CauseCount: Sendable, Hashable, Codable {
    /// The cause.
    package var cause: String
    /// Rule that found it.
    package var rule: String
    /// Gravest severity of its findings.
    package var severity: String
    /// What is wrong, as one of the findings says it.
    package var title: String
    /// Devices that show it.
    package var devices: Int
    /// When it was seen first.
    package var firstSeen: Timestamp
    /// When it was seen last.
    package var lastSeen: Timestamp
    /// Id of one of the findings.
    package var example: String

    /// Describes a cause.
    package init(
        cause: String, rule: String, severity: String, title: String, devices: Int, firstSeen: Timestamp,
        lastSeen: Timestamp, example: String
    ) {
        self.cause = cause
        self.rule = rule
        self.severity = severity
        self.title = title
        self.devices = devices
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.example = example
    }
}

extension DeviceFacts {
    /// Maker and model without regard to case and blanks: what waivers and counts call a model; nil when neither is known.
    package var modelName: String? {
        let words = [manufacturer, model].compactMap { text in
            text.map { $0.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        }
        let name = words.filter { !$0.isEmpty }.joined(separator: " / ")
        return name.isEmpty ? nil : String(name.prefix(256))
    }
}
