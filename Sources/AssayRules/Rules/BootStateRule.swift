internal import AssayModel

/// The boot state differs from what the profile requires.
struct BootStateRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.bootState, "keys, registers or modes of the boot differ from what the profile requires", severity: .high,
        matters: "Keys and measurements of the boot are what everything later is trusted by.",
        advice:
            "Compare with the last known-good report. If keys or measurements changed in an update, "
            + "release a new profile version."
    )

    func title(for outcome: Outcome) -> String { "\(outcome.location ?? "boot") is \(outcome.observed ?? "unknown")" }

    func isOpened(by outcome: Outcome) -> Bool {
        outcome.componentClass == "boot" && outcome.location != "boot/secure-boot"
    }
}
