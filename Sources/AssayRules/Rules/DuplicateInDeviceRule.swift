internal import AssayModel

/// Two separable parts of one device carry one serial.
struct DuplicateInDeviceRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.duplicateInDevice, "two separable parts of one device carry one serial number", severity: .high,
        matters: "A serial number names one part; a second one with it is the mark of a copy.",
        advice: "One of the two is a copy, or both are. Compare labels and ask the supplier of the lot.")

    func title(for outcome: Outcome) -> String { "\(outcome.whereabouts) has the serial of another part" }
}
