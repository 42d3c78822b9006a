package import AssayModel

extension Verdict {
    /// What remains of a verdict over one report in the light of findings that look beyond it, at the chain of reports
    /// and at the fleet.
    ///
    /// Both the evaluation of a report and the answer to a factory line weigh by this.
    package func weighed(with findings: [Finding]) -> Verdict {
        let grave = findings.filter { $0.severity >= .high }
        let effects = grave.map { FleetRules.effect(of: $0.rule) }
        // A copied key makes every statement of the device doubtful, whatever it states.
        if effects.contains(.fails) || grave.contains(where: { $0.rule.hasPrefix("chain/") }) { return .fail }
        // An honest device must not fail for its copy, nor a copy pass for its original.
        return self == .pass && effects.contains(.leavesUndecided) ? .undetermined : self
    }
}
