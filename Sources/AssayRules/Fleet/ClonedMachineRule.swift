package import AssayModel

/// Another key speaks for the same machine.
package struct ClonedMachineRule: FleetRule {
    package static let descriptor = RuleDescriptor(
        "fleet/cloned-machine", "another device key speaks for a machine with the same numbers", severity: .high,
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
        // What names the machine says it best; without it the parts do.
        guard let match = shared.first(where: \.identity.kind.isOfMachine) ?? shared.first else { return [] }
        let others = match.others.filter { $0.leftAt == nil && context.twins.contains($0.device) }
        guard let first = others.first else { return [] }
        var finding = context.finding(
            Self.self, match, "device \(FleetContext.name(of: first.device)) is the same machine under another key",
            expected: "one device key for one machine", notes: FleetContext.words(others, of: match))
        finding.fields = shared.prefix(16).map {
            FieldDifference(name: $0.identity.kind.rawValue, expected: "in no other device", observed: $0.identity.label, note: nil)
        }
        finding.category = .duplicateIdentity
        // One machine has one such finding, whichever of its numbers agree today.
        finding.identify(device: context.device, key: context.twins.map(\.description).sorted().prefix(1).map { $0 })
        return [finding]
    }
}
