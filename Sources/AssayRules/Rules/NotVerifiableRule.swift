internal import AssayModel

/// A part cannot be told from a false one on the path that was read.
struct NotVerifiableRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.notVerifiable, "a part cannot be verified on the path that was read", severity: .low,
        decides: false,
        matters: "What cannot be read cannot be vouched for: a false part looks the same from here.",
        advice: "Give the agent the access that the note names, or look at the part by hand and waive the finding.")

    func title(for outcome: Outcome) -> String { "cannot verify \(outcome.whereabouts)" }
}
