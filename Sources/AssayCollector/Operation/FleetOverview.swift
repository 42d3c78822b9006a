package import AssayModel
package import AssayReport
package import AssayStore

/// How the fleet stands, and what changed of it today.
package struct FleetOverview: Sendable, Codable {
    /// Enrolled devices.
    package let devices: Int
    /// Devices that wait for evaluation.
    package let waiting: Int
    /// Devices by verdict; `pending` before the first.
    package let verdicts: [String: Int]
    /// Open findings by severity.
    package let findings: [String: Int]
    /// The largest models.
    package let models: [DeviceGroup]
    /// The largest sites.
    package let sites: [DeviceGroup]
    /// How the fleet stood on the last days, oldest first.
    package let days: [FleetDay]
    /// Since when a device that is called silent was not heard.
    package let silentSince: Timestamp
    /// How many devices are silent.
    package let silent: Int
    /// Those that are silent longest.
    package let silentLongest: [DeviceView]
    /// Where the day began, in UTC.
    package let today: Timestamp
    /// How many things changed today.
    package let changes: FleetChanges
    /// Verdicts that became others today, newest first.
    package let verdictChanges: [VerdictChangeView]
    /// What was imported today, newest first.
    package let imports: [ImportView]
    /// Open findings that were stored last.
    package let newest: [FindingView]
}

/// A verdict that became another.
package struct VerdictChangeView: Sendable, Codable {
    /// The device.
    package let device: ContentDigest
    /// What it calls itself.
    package let name: String
    /// When.
    package let at: Timestamp
    /// What it was.
    package let before: DeviceVerdict
    /// What it became.
    package let after: DeviceVerdict

    /// Shows a change.
    init(_ change: VerdictChange) {
        device = change.device
        name = change.facts.callName ?? "unnamed"
        at = change.at
        before = change.before
        after = change.after
    }
}

/// A document that was imported; by whom stands in the audit trail.
package struct ImportView: Sendable, Codable {
    /// `profile`, `record`, `delta`, `list`, `suppliers` or `policy`.
    package let kind: String
    /// Its id.
    package let id: String
    /// When.
    package let at: Timestamp

    /// Shows an entry of the audit trail.
    init(_ entry: AuditEntry) {
        kind = String(entry.action.prefix { $0 != "/" })
        id = entry.subject
        at = entry.at
    }
}

extension Operations {
    private static let groupLimit = 10
    private static let listLimit = 8
    private static let dayLimit = 30

    /// The overview.
    ///
    /// - Parameter patience: How long a device may be quiet before it is called silent.
    package func overview(at now: Timestamp, patience: Duration) async throws -> FleetOverview {
        let today = now.startOfDay
        let quiet = now.adding(.zero - patience)
        let figures = try await store.statistics()
        let silent = try await store.silentDevices(since: quiet, limit: Self.listLimit)
        let newest = try await store.findings(
            FindingQuery(includesInfo: false), after: nil, limit: Self.listLimit
        ).findings
        return FleetOverview(
            devices: figures.devices, waiting: figures.dirtyDevices, verdicts: figures.verdicts,
            findings: figures.openFindings,
            models: try await store.deviceGroups(by: .model, limit: Self.groupLimit),
            sites: try await store.deviceGroups(by: .site, limit: Self.groupLimit),
            days: try await store.fleetDays(limit: Self.dayLimit), silentSince: quiet, silent: silent.count,
            silentLongest: silent.devices.map(DeviceView.init), today: today,
            changes: try await store.fleetChanges(since: today),
            verdictChanges: try await store.verdictChanges(since: today, limit: Self.listLimit)
                .map(VerdictChangeView.init),
            imports: try await store.audit(of: AuditEntry.imports, since: today, limit: Self.listLimit)
                .map(ImportView.init),
            newest: try newest.map(FindingView.init))
    }
}

extension Timestamp {
    /// Midnight in UTC.
    var startOfDay: Timestamp { Timestamp(milliseconds: milliseconds - milliseconds % 86_400_000) }
}
