package import AssayModel

/// A part of this device was in another one before.
package struct MovedComponentRule: FleetRule {
    package static let descriptor = RuleDescriptor(
        "trace/moved-component", "a part of this device was in another device before", severity: .medium,
        decides: false,
        matters: "Parts that wander between devices carry their past with them, and leave both records wrong.",
        advice: "Look for the repair or exchange that explains it. If there is one, enter it as a delta of both units' "
            + "records; if not, find out who opened the two devices.")
    package static let effect = FleetEffect.none

    /// An instance of the rule.
    package init() {}

    /// One finding for each part, with both histories.
    package func findings(_ context: FleetContext) -> [Finding] {
        context.matches.compactMap { match in
            let kind = match.identity.kind
            guard !kind.isOfMachine, !match.others.contains(where: { $0.leftAt == nil }) else { return nil }
            // A device that showed it for a while in between was a copy, and is no place that it came from.
            let former = match.others.filter {
                $0.firstSeen < match.own.firstSeen && !context.formerSelves.contains($0.device)
            }
            guard let last = former.first else { return nil }
            return context.finding(
                Self.self, match,
                "\(match.identity.componentClass.rawValue) at \(match.own.location) was in device \(FleetContext.name(of: last.device)) before",
                expected: "a part that was in no other device", notes: FleetContext.words(former, of: match))
        }
    }
}
