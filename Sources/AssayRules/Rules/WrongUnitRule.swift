internal import AssayModel

/// The records speak of another unit or model.
struct WrongUnitRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.wrongUnit, "the records speak of another unit or model", severity: .critical,
        matters: "Nothing else that is compared means anything when the records are those of another unit.",
        advice:
            "Check that the right profile and record were chosen. If they were, the unit does not have "
            + "the identity it was built with."
    )

    func title(for outcome: Outcome) -> String {
        "the record does not belong to this device: \(outcome.fields.map(\.name).joined(separator: ", ")) differs"
    }

    func isOpened(by outcome: Outcome) -> Bool { outcome.location == "device" }
}
