internal import AssayModel

/// Secure Boot is not in the state that the profile requires.
struct SecureBootOffRule: OutcomeRule {
    static let descriptor = RuleDescriptor(
        RuleID.secureBootOff, "Secure Boot is not in the required state", severity: .high,
        matters: "Without Secure Boot anybody who can write to the disk decides what the device runs.",
        advice:
            "Switch Secure Boot on in the firmware setup, and find out why it was off: whatever ran since "
            + "may have been changed."
    )

    func title(for outcome: Outcome) -> String {
        "Secure Boot is \(outcome.observed ?? "unknown"), required is \(outcome.expected ?? "on")"
    }

    func isOpened(by outcome: Outcome) -> Bool { outcome.location == "boot/secure-boot" }
}
