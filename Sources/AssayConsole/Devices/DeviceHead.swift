/// What stands above every page about one device, through the template `device-head`.
package struct DeviceHead: Sendable, Hashable {
    /// The pages about one device.
    package enum Part: String, Sendable, Hashable, CaseIterable {
        case inventory = ""
        case packages, files, reports

        var name: String { self == .inventory ? "Inventory" : rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    struct Tab: Sendable, Hashable {
        let path: String
        let name: String
        let isCurrent: Bool
    }

    let id: String
    let name: String
    let model: String?
    let serial: String?
    let host: String?
    let system: String?
    let site: String?
    let profile: String?
    let assignedProfile: String?
    let record: String?
    let verdict: BadgeView
    let isOutOfDate: Bool
    let isRevoked: Bool
    let isSilent: Bool
    let revoked: MomentView?
    let findings: [BadgeView]
    let seen: MomentView?
    let evaluated: MomentView?
    let enrolled: MomentView
    let certificate: MomentView
    let tabs: [Tab]
    let path: String

    /// What a device is and where it stands.
    package struct Facts: Sendable, Hashable {
        /// Model as the device states it.
        package var model: String?
        /// Serial number.
        package var serial: String?
        /// Host name.
        package var host: String?
        /// Operating system.
        package var system: String?
        /// Where it is.
        package var site: String?
        /// Hardware profile that was applied.
        package var profile: String?
        /// Hardware profile that an operator assigned.
        package var assignedProfile: String?
        /// As-built record that was applied.
        package var record: String?
        /// What the last evaluation said.
        package var verdict = BadgeView(verdict: "pending")
        /// Whether something changed since.
        package var isOutOfDate = false
        /// Whether a report is overdue.
        package var isSilent = false
        /// When trust was withdrawn.
        package var revoked: MomentView?
        /// Open findings by severity.
        package var findings: [BadgeView] = []
        /// When the last report arrived.
        package var seen: MomentView?
        /// When the verdict was made.
        package var evaluated: MomentView?

        /// A device that has said nothing yet.
        package init() {}
    }

    /// Shows a device's head above one of its pages.
    package init(
        id: String, name: String, facts: Facts, enrolled: MomentView, certificate: MomentView, part: Part?
    ) {
        self.id = id
        self.name = name
        path = "/devices/\(id)"
        model = facts.model
        serial = facts.serial
        host = facts.host
        system = facts.system
        site = facts.site
        profile = facts.profile
        assignedProfile = facts.assignedProfile
        record = facts.record
        verdict = facts.verdict
        isOutOfDate = facts.isOutOfDate
        isRevoked = facts.revoked != nil
        isSilent = facts.isSilent
        revoked = facts.revoked
        findings = facts.findings
        seen = facts.seen
        evaluated = facts.evaluated
        self.enrolled = enrolled
        self.certificate = certificate
        tabs = Part.allCases.map { one in
            Tab(
                path: "/devices/\(id)" + (one == .inventory ? "" : "/\(one.rawValue)"), name: one.name,
                isCurrent: one == part)
        }
    }
}
