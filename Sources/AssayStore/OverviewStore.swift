package import AssayModel
package import AssayReport

/// Counts and changes of the whole fleet; what each costs does not grow with the fleet.
package protocol OverviewStore: Sendable {
    /// The largest groups of devices, at most `limit`; devices without a name of that kind are a group named "".
    func deviceGroups(by dimension: FleetDimension, limit: Int) async throws -> [DeviceGroup]
    /// Writes down how the fleet stands on the day of `time`; a later count of the same day takes the place of an earlier.
    func noteDay(of time: Timestamp) async throws
    /// The last days that were written down, oldest first, at most `limit`.
    func fleetDays(limit: Int) async throws -> [FleetDay]
    /// Trusted devices of which nothing was heard since `time`, those that are silent longest first, and how many there are.
    func silentDevices(since time: Timestamp, limit: Int) async throws -> (devices: [Device], count: Int)
    /// How many things changed since `time`.
    func fleetChanges(since time: Timestamp) async throws -> FleetChanges
    /// Verdicts that became others, newest first, since `time`.
    func verdictChanges(since time: Timestamp, limit: Int) async throws -> [VerdictChange]
    /// What of an action was done since `time`, newest first.
    func audit(of actions: [String], since time: Timestamp, limit: Int) async throws -> [AuditEntry]
    /// How the store itself is.
    func condition() async throws -> StoreCondition
}

/// What devices are grouped by.
package enum FleetDimension: String, Sendable, Hashable, CaseIterable {
    /// Maker and model, see ``AssayModel/DeviceFacts/modelName``.
    case model
    /// Where they are, as an operator entered it.
    case site
}

/// Devices that have something in common.
package struct DeviceGroup: Sendable, Hashable, Codable {
    /// What they have in common; empty where they state nothing.
    package var name: String
    /// How many they are.
    package var devices: Int
    /// How many they are by verdict; `pending` before the first.
    package var verdicts: [String: Int]

    /// Describes a group.
    package init(name: String, devices: Int, verdicts: [String: Int]) {
        self.name = name
        self.devices = devices
        self.verdicts = verdicts
    }
}

/// How the fleet stood on one day.
package struct FleetDay: Sendable, Hashable, Codable {
    /// The day in UTC: `2026-01-31`.
    package var day: String
    /// Devices by verdict.
    package var verdicts: [String: Int]
    /// Open findings by severity, without those that are waived.
    package var findings: [String: Int]

    /// Describes a day.
    package init(day: String, verdicts: [String: Int], findings: [String: Int]) {
        self.day = day
        self.verdicts = verdicts
        self.findings = findings
    }
}

/// How many things changed in a time.
package struct FleetChanges: Sendable, Hashable, Codable {
    /// Devices that were let in.
    package var enrolled: Int
    /// Devices whose verdict became another; a first verdict is none.
    package var verdicts: Int
    /// Findings that were opened, or opened again.
    package var opened: Int
    /// Findings that evidence or an operator settled.
    package var resolved: Int
    /// Documents that were imported.
    package var imported: Int

    /// Describes changes.
    package init(enrolled: Int = 0, verdicts: Int = 0, opened: Int = 0, resolved: Int = 0, imported: Int = 0) {
        self.enrolled = enrolled
        self.verdicts = verdicts
        self.opened = opened
        self.resolved = resolved
        self.imported = imported
    }
}

/// A verdict that became another.
package struct VerdictChange: Sendable, Hashable {
    /// The device.
    package var device: ContentDigest
    /// What it says of itself.
    package var facts: DeviceFacts
    /// When.
    package var at: Timestamp
    /// What it was.
    package var before: DeviceVerdict
    /// What it became.
    package var after: DeviceVerdict

    /// Describes a change.
    package init(
        device: ContentDigest, facts: DeviceFacts, at: Timestamp, before: DeviceVerdict, after: DeviceVerdict
    ) {
        self.device = device
        self.facts = facts
        self.at = at
        self.before = before
        self.after = after
    }
}

/// How a store is.
package struct StoreCondition: Sendable, Hashable {
    /// Bytes that it takes.
    package var size: Int64
    /// Bytes that are free where it lies; nil where that cannot be told.
    package var free: Int64?
    /// When it was last backed up.
    package var backedUp: Timestamp?

    /// Describes a store.
    package init(size: Int64, free: Int64?, backedUp: Timestamp?) {
        self.size = size
        self.free = free
        self.backedUp = backedUp
    }
}
