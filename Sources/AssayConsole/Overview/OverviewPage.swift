package import AssayModel

/// The fleet at a glance.
package struct OverviewPage: ConsolePage {
    package static let template = "overview"
    package static let place: ConsolePlace? = .overview
    package var title: String { "Overview" }

    /// A number that leads to what it counts.
    package struct Tile: Sendable, Hashable {
        let count: Int
        let word: String
        let style: String
        let path: String

        /// Counts something.
        package init(_ count: Int, _ word: String, style: String = "", path: String) {
            self.count = count
            self.word = word
            self.style = style
            self.path = path
        }
    }

    /// A device that is not heard.
    package struct Silent: Sendable, Hashable {
        let name: String
        let path: String
        let site: String?
        let last: MomentView
        let hasReported: Bool

        /// Names a device; without a report `last` is the moment of its enrolment.
        package init(name: String, id: ContentDigest, site: String?, last: MomentView, hasReported: Bool) {
            self.name = name
            path = "/devices/\(id.hex)"
            self.site = site
            self.last = last
            self.hasReported = hasReported
        }
    }

    /// An open finding.
    package struct Item: Sendable, Hashable {
        let title: String
        let path: String
        let severity: BadgeView
        let since: MomentView

        /// Names a finding.
        package init(title: String, id: String, severity: String, since: MomentView) {
            self.title = title
            path = "/findings/\(id)"
            self.severity = BadgeView(severity: severity)
            self.since = since
        }
    }

    /// A verdict that became another.
    package struct Change: Sendable, Hashable {
        let name: String
        let path: String
        let before: BadgeView
        let after: BadgeView
        let at: MomentView

        /// Names a device and its two verdicts.
        package init(name: String, id: ContentDigest, before: String, after: String, at: MomentView) {
            self.name = name
            path = "/devices/\(id.hex)"
            self.before = BadgeView(verdict: before)
            self.after = BadgeView(verdict: after)
            self.at = at
        }
    }

    /// A document that was imported.
    package struct Import: Sendable, Hashable {
        let kind: String
        let id: String
        let at: MomentView

        /// Names a document.
        package init(kind: String, id: String, at: MomentView) {
            self.kind = kind
            self.id = id
            self.at = at
        }
    }

    /// What to do before the first device.
    package struct Beginning: Sendable, Hashable {
        let address: String
        let mayRegister: Bool

        /// Says where devices enrol, and whether the reader may let them in.
        package init(address: String, mayRegister: Bool) {
            self.address = address
            self.mayRegister = mayRegister
        }
    }

    /// Everything that there is once there are devices.
    package struct Fleet: Sendable {
        let devices: Int
        let waiting: Int
        let isWaiting: Bool
        let verdicts: [Tile]
        let findings: [Tile]
        let models: GroupChart
        let sites: GroupChart
        let trend: TrendChart?
        let silentCount: Int
        let silent: [Silent]
        let hasSilent: Bool
        let newest: [Item]
        let hasNewest: Bool
        let today: [Tile]
        let changes: [Change]
        let hasChanges: Bool
        let imports: [Import]
        let hasImports: Bool
        let events: String

        /// Puts the parts together; `version` is the number of the last change of the fleet.
        package init(
            devices: Int, waiting: Int, verdicts: [Tile], findings: [Tile], models: GroupChart, sites: GroupChart,
            trend: TrendChart?, silentCount: Int, silent: [Silent], newest: [Item], today: [Tile], changes: [Change],
            imports: [Import], version: Int64
        ) {
            self.devices = devices
            self.waiting = waiting
            isWaiting = waiting > 0
            self.verdicts = verdicts
            self.findings = findings
            self.models = models
            self.sites = sites
            self.trend = trend
            self.silentCount = silentCount
            self.silent = silent
            hasSilent = !silent.isEmpty
            self.newest = newest
            hasNewest = !newest.isEmpty
            self.today = today
            self.changes = changes
            hasChanges = !changes.isEmpty
            self.imports = imports
            hasImports = !imports.isEmpty
            events = "/events/fleet?seen=\(version)"
        }
    }

    let fleet: Fleet?
    let beginning: Beginning?

    /// Shows a fleet.
    package init(_ fleet: Fleet) {
        self.fleet = fleet
        beginning = nil
    }

    /// Shows what to do before the first device.
    package init(_ beginning: Beginning) {
        self.beginning = beginning
        fleet = nil
    }
}
