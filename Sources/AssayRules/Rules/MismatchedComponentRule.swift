internal import AssayModel

/// A part differs from the one that the records ask for.
struct MismatchedComponentRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.mismatchedComponent, "a part differs from the one that the records ask for", severity: .high,
        matters: "A part other than the one that was built in is how substitutes and counterfeits come into a device.",
        advice:
            "Compare the label of the part with the record. If it was replaced in a repair, record the "
            + "change; if not, treat it as substituted and keep it as evidence."
    )

    func title(for outcome: Outcome) -> String {
        "\(outcome.whereabouts) differs in \(outcome.fields.map(\.name).joined(separator: ", "))"
    }

    func isOpened(by outcome: Outcome) -> Bool { outcome.observed != nil && outcome.componentClass != "boot" }
}
