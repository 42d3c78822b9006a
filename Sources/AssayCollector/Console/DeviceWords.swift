internal import AssayConsole
internal import AssayModel
internal import AssayReport
internal import AssayStore

/// A device in the words of the pages.
extension Device {
    /// What people call it: its host name, its serial number, or the beginning of its id.
    var name: String {
        let names = [facts.hostname, facts.serial].compactMap(\.self).filter { !$0.isEmpty }
        return names.first.map { String($0.prefix(200)) } ?? String(id.hex.prefix(12))
    }

    /// Maker and model as it states them.
    var modelText: String? {
        let names = [facts.manufacturer, facts.model].compactMap(\.self).filter { !$0.isEmpty }
        return names.isEmpty ? nil : names.joined(separator: " ")
    }

    /// What the last evaluation said.
    var verdictBadge: BadgeView { BadgeView(verdict: (standing?.verdict ?? .pending).rawValue) }

    /// Open findings by severity, those that there are.
    var findingBadges: [BadgeView] {
        guard let counts = standing?.findings else { return [] }
        let all = [
            (counts.critical, "critical"), (counts.high, "high"), (counts.medium, "medium"), (counts.low, "low"),
        ]
        return all.filter { $0.0 > 0 }.map { BadgeView($0.0, severity: $0.1) }
    }

    /// Whether an evaluation is under way that has one before it.
    var isOutOfDate: Bool { needsEvaluation && standing != nil && revokedAt == nil }

    /// What stands above the pages about it.
    func head(_ part: DeviceHead.Part?, isSilent: Bool, at now: Timestamp) -> DeviceHead {
        var shown = DeviceHead.Facts()
        shown.model = modelText
        shown.serial = facts.serial
        shown.host = facts.hostname
        shown.system = facts.operatingSystem?.prettyName ?? facts.operatingSystem?.id
        shown.site = site
        shown.profile = standing?.profileID
        shown.assignedProfile = profileID
        shown.record = standing?.recordID
        shown.verdict = verdictBadge
        shown.isOutOfDate = isOutOfDate
        shown.isSilent = isSilent
        shown.revoked = MomentView(revokedAt, at: now)
        shown.findings = findingBadges
        shown.seen = MomentView(head?.receivedAt, at: now)
        shown.evaluated = MomentView(standing?.evaluatedAt, at: now)
        return DeviceHead(
            id: id.hex, name: name, facts: shown, enrolled: MomentView(enrolledAt, at: now),
            certificate: MomentView(certificateExpiry, at: now), part: part)
    }
}

extension DevicePage.FindingRow {
    /// Shows a stored finding.
    init(_ finding: StoredFinding, at now: Timestamp) {
        self.init(
            id: finding.id, title: finding.title, severity: BadgeView(severity: finding.severity),
            state: finding.state.rawValue, rule: finding.rule, first: MomentView(finding.firstSeen, at: now))
    }
}
