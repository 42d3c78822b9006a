internal import AssayModel
internal import AssayRules

extension Verdict {
    /// What a unit that passes by itself is in the light of findings that look beyond one report, at the chain of reports
    /// and at the fleet: as the evaluation of its report has it.
    static func pass(with findings: [Finding]) -> Verdict {
        let grave = findings.filter { $0.severity >= .high }
        // A copied key makes every statement of the device doubtful, whatever it states.
        if grave.contains(where: { $0.rule.hasPrefix("chain/") }) { return .fail }
        let found = Set(grave.map(\.rule))
        let effects = FleetRules.all.filter { found.contains(type(of: $0).descriptor.id) }.map { type(of: $0).effect }
        if effects.contains(.fails) { return .fail }
        return effects.contains(.leavesUndecided) ? .undetermined : .pass
    }
}
