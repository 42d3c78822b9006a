internal import AssayModel

/// A part is there that no record asks for.
struct UnexpectedComponentRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.unexpectedComponent, "a part is fitted that no record asks for", severity: .high,
        matters: "A part that nobody planned can read, change or send what the device handles.",
        advice:
            "Open the unit and look at the named place. If the part belongs there, add it to the profile "
            + "or to the unit's record; if not, take the unit out of use and keep the part as evidence."
    )

    func title(for outcome: Outcome) -> String {
        "unexpected \(outcome.whereabouts): \(outcome.observed ?? "unknown part")"
    }
}
