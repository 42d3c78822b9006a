internal import AssayModel

/// Firmware runs that the profile does not allow.
struct FirmwareOutOfRangeRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.firmwareOutOfRange, "firmware runs that the profile does not allow", severity: .high,
        matters: "Versions that the profile leaves out have known holes or were never released for this device.",
        advice:
            "Install an allowed version from the maker. If the version is lower than before, find out who "
            + "installed it: old firmware brings back closed holes."
    )

    func title(for outcome: Outcome) -> String { "\(outcome.whereabouts) runs firmware that is not allowed" }

    func isOpened(by outcome: Outcome) -> Bool { outcome.fields.contains { $0.name == "firmwareVersion" } }
}
