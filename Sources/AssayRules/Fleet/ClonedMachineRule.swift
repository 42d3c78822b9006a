package import AssayModel

/// Another key speaks for the same machine.
package struct ClonedMachineRule: FleetRule {
    package static let descriptor = RuleDescriptor(
        "fleet/cloned-machine", "another device key speaks for a machine with the same numbers", severity: .high,
        matters:
            "Two machines under one set of numbers cannot be told apart: what is known of one is believed "
            + "of the other.",
        advice: "If the machine was enrolled again with a new key, revoke the device that it was before. Otherwise one "
            + "of the two is a copy: inspect both.")
    package static let effect = FleetEffect.leavesUndecided

    /// An instance of the rule.
    package init() {}

    /// One finding, however many numbers agree.
    package func findings(_ context: FleetContext) -> [Finding] {
        let shared = context.matches.filter { match in
            match.others.contains { $0.leftAt == nil && context.twins.contains($0.device) }
        }
        guard let match = shared.min(by: Self.tellsBetter) else { return [] }
        let others = match.others.filter { $0.leftAt == nil && context.twins.contains($0.device) }
        guard let first = others.first else { return [] }
        var finding = context.finding(
            Self.self, match, "device \(FleetContext.name(of: first.device)) is the same machine under another key",
            expected: "one device key for one machine", notes: FleetContext.words(others, of: match))
        finding.fields = shared.prefix(16).map {
            FieldDifference(
                name: $0.identity.kind.rawValue, expected: "in no other device", observed: $0.identity.label, note: nil)
        }
        finding.category = .duplicateIdentity
        return [finding]
    }

    /// What names the machine says best what is cloned, and is the same in every device that shows it.
    ///
    /// The finding is named after it, so that it stays the same whichever devices join or leave.
    private static func tellsBetter(_ left: FleetMatch, _ right: FleetMatch) -> Bool {
        if left.identity.kind.isOfMachine != right.identity.kind.isOfMachine { return left.identity.kind.isOfMachine }
        return left.identity.key < right.identity.key
    }
}
