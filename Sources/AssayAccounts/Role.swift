/// What somebody is to a fleet; it stands for a set of permissions.
package enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// Looks and changes nothing.
    case viewer
    /// Runs the fleet from day to day.
    case `operator`
    /// Looks at everything, the audit trail included, until a day.
    case auditor
    /// May do everything.
    case admin

    /// What the role may do.
    package var permissions: Set<Permission> {
        switch self {
        case .viewer: [.view]
        case .operator: [.view, .triage, .register]
        case .auditor: [.view, .audit]
        case .admin: Set(Permission.allCases)
        }
    }

    /// Whether access in this role must end by itself: an auditor comes for an audit.
    package var mustEnd: Bool { self == .auditor }
}
