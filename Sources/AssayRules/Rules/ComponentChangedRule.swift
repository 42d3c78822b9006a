internal import AssayModel

/// A part came, went or was replaced since the last report.
struct ComponentChangedRule: Rule {
    static let descriptor = RuleDescriptor(
        "change/component-changed", "a part came, went or was replaced since the last report", severity: .medium,
        decides: false,
        matters: "A part that changes in the field was repaired, upgraded or tampered with; only a record tells which.",
        advice: "Check that a repair or upgrade is on record for this unit and this time.")

    private static let fields = [
        "manufacturer", "model", "partNumber", "serial", "revision", "ids.vendor", "ids.device", "ids.subsystemVendor",
        "ids.subsystemDevice",
    ]

    func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard let previous = context.previous else { return .notApplicable }
        var changes = ChangeFindings(Self.descriptor)
        let before = Self.index(previous.components)
        let now = Self.index(context.inventory.components)
        let gaps = GapCoverage(context.inventory, expectsGuest: true)
        var open: [Gap] = []
        for key in Set(before.keys).union(now.keys).sorted() {
            switch (before[key], now[key]) {
            case (let old?, let new?): Self.compare(old, new, &changes)
            case (nil, let new?): changes.add("new \(new.whereabouts)", new.subject, from: nil, to: new.summary)
            case (let old?, nil):
                if let hidden = gaps.hidden(Self.expectation(old), unclaimed: []) {
                    open.append(
                        Gap(
                            probe: old.evidence.probe, path: hidden.path ?? old.evidence.path, kind: .unsupported,
                            detail: "\(old.whereabouts) is not seen any more: \(hidden.reason)"))
                } else {
                    changes.add("\(old.whereabouts) is gone", old.subject, from: old.summary, to: nil)
                }
            case (nil, nil): break
            }
        }
        return changes.findings.isEmpty && !open.isEmpty ? .undetermined(open) : changes.verdict
    }

    private static func index(_ components: [Component]) -> [String: Component] {
        let keyed = components.filter(\.isPresent).map { ("\($0.componentClass.rawValue) \($0.location)", $0) }
        return Dictionary(keyed) { first, _ in first }
    }

    private static func compare(_ old: Component, _ new: Component, _ changes: inout ChangeFindings) {
        var differences: [FieldDifference] = []
        for name in fields {
            let before = old.value(of: name)
            let after = new.value(of: name)
            if before != after { differences.append(FieldDifference(name: name, expected: before, observed: after)) }
        }
        if differences.isEmpty { return }
        changes.add(
            "\(new.whereabouts) was replaced", new.subject, from: old.summary, to: new.summary, fields: differences)
    }

    /// The part as an expectation at its place, so that gaps are judged as reconciliation judges them.
    private static func expectation(_ part: Component) -> Expectation {
        Expectation(
            componentClass: part.componentClass, slot: Pattern(part.location), optional: false, variants: [],
            source: "previous report", access: .virtual)
    }
}

extension Component {
    /// Class and place in words.
    var whereabouts: String { "\(componentClass.rawValue) at \(location)" }

    /// The part as the subject of a change.
    var subject: ChangeFindings.Subject {
        ChangeFindings.Subject(
            componentClass: componentClass, location: location, path: evidence.path, probe: evidence.probe)
    }
}
