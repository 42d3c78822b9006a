internal import AssayModel

/// A part that the records ask for is not there.
struct MissingComponentRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.missingComponent, "a part that the records ask for is not there", severity: .high,
        matters:
            "A part that is gone was removed, has failed, or is hidden from the system; the device no "
            + "longer is what was shipped.",
        advice:
            "Check that the part is seated and powered. If it was removed on purpose, record the change; "
            + "if not, find out who had access."
    )

    func title(for outcome: Outcome) -> String { "missing \(outcome.whereabouts): \(outcome.expected ?? "a part")" }

    func isOpened(by outcome: Outcome) -> Bool { outcome.observed == nil && outcome.componentClass != "boot" }
}
