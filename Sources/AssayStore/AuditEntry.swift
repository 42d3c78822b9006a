package import AssayModel

/// One change that somebody made, kept for good.
package struct AuditEntry: Sendable, Hashable, Codable {
    /// When.
    package var at: Timestamp
    /// Who: `operator:<token id>`, `device:<id>` or `local:<user id>`.
    package var actor: String
    /// What was done: `token/create`, `profile/import` ….
    package var action: String
    /// To what.
    package var subject: String
    /// Further words.
    package var detail: String

    /// Describes a change.
    package init(at: Timestamp, actor: String, action: String, subject: String, detail: String = "") {
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
    }
}

extension AuditEntry {
    /// Actions that import documents, one a kind.
    package static let imports = TraceabilityDocument.Kind.allCases.map { "\($0.rawValue)/import" }
}

/// Which entries of the audit trail a list holds.
package struct AuditQuery: Sendable, Hashable {
    /// Only what this actor did, by the whole of their name in the trail.
    package var actor: String?
    /// Only this action, or every action of a family: `account/close`, `account/`.
    package var action: String?
    /// Only what was done to this.
    package var subject: String?

    /// Describes a query.
    package init(actor: String? = nil, action: String? = nil, subject: String? = nil) {
        self.actor = actor
        self.action = action
        self.subject = subject
    }
}

/// Who asks for a change, for the audit trail.
package struct Actor: Sendable, Hashable {
    /// The text that stands in the audit trail.
    package let name: String
    /// When they ask.
    package let at: Timestamp

    /// Names somebody.
    package init(_ name: String, at: Timestamp) {
        self.name = name
        self.at = at
    }
}
