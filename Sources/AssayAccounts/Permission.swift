/// What somebody may do with a collector; every operator route asks for one of these.
package enum Permission: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// See devices, parts, findings, profiles, records, lists and results.
    case view
    /// See who changed what: the audit trail.
    case audit
    /// Judge findings and parts: acknowledge, waive, settle, mark.
    case triage
    /// Say what is expected: import profiles and records, place devices, let devices in.
    case register
    /// Decide for everybody: policies, trust in devices, people and their tokens.
    case administer

    /// What it allows, as lists show it.
    package var summary: String {
        switch self {
        case .view: "see the fleet, its findings and its records"
        case .audit: "see who changed what"
        case .triage: "acknowledge, waive and settle findings, mark parts"
        case .register: "import profiles and records, place devices, make join tokens"
        case .administer: "policies, trust in devices, people and tokens"
        }
    }

    /// Orders by the weight of what is allowed.
    package static func < (left: Permission, right: Permission) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}
