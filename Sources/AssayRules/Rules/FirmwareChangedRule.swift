internal import AssayModel

/// Firmware was updated, downgraded or replaced since the last report.
struct FirmwareChangedRule: Rule {
    static let descriptor = RuleDescriptor(
        "change/firmware-changed", "firmware changed since the last report", severity: .medium, decides: false,
        matters:
            "Firmware survives a new installation of the system and sees everything; a change must have an "
            + "update behind it.",
        advice: "Check that an update is on record. A lower version than before brings back closed holes.")

    func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard let previous = context.previous else { return .notApplicable }
        var changes = ChangeFindings(Self.descriptor)
        var open: [Gap] = []
        let before = Self.index(previous)
        for (key, new) in Self.index(context.inventory).sorted(by: { $0.key < $1.key }) {
            guard let old = before[key] else { continue }
            if old.firmwareVersion != nil, new.firmwareVersion == nil {
                open += context.inventory.gaps.filter { $0.path.hasPrefix(new.evidence.path) }
            } else {
                Self.compare(old, new, &changes)
            }
        }
        return changes.findings.isEmpty && !open.isEmpty ? .undetermined(open) : changes.verdict
    }

    private static func index(_ inventory: InventorySnapshot) -> [String: Component] {
        let keyed = (inventory.components + inventory.firmware).map {
            ("\($0.componentClass.rawValue) \($0.location)", $0)
        }
        return Dictionary(keyed) { first, _ in first }
    }

    private static func compare(_ old: Component, _ new: Component, _ changes: inout ChangeFindings) {
        let isImageReplaced = new.componentClass == .firmware && old.digests != new.digests
        guard old.firmwareVersion != new.firmwareVersion || isImageReplaced else { return }
        let order = old.firmwareVersion.flatMap { before in
            new.firmwareVersion.flatMap { VersionOrder.compare($0, before) }
        }
        let verb = order == .lower ? "was downgraded" : order == .higher ? "was updated" : "changed"
        let version = FieldDifference(
            name: "firmwareVersion", expected: old.firmwareVersion, observed: new.firmwareVersion)
        changes.add(
            "firmware of \(new.whereabouts) \(verb)", new.subject, from: old.firmwareVersion ?? old.summary,
            to: new.firmwareVersion ?? new.summary, fields: [version], severity: order == .lower ? .high : nil)
    }
}
