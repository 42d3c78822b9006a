internal import AssayModel

/// A binary that no package owns and the profile does not list.
struct UnknownBinaryRule: FileRule {
    static let descriptor = RuleDescriptor(
        RuleID.unknownBinary, "a binary that no package owns and the profile does not list", severity: .high,
        matters: "A program without an origin gets no updates, and is where malicious code most often lies.",
        advice:
            "Find out who put the file there. If it belongs, ship it in a package or list its digest in the profile.")

    /// Initial RAM disks and boot configurations are made on the device, device trees are copied to where the boot
    /// loader finds them, and objects do not run: none of them can have an owner.
    private static let kinds: Set<FileEntry.Kind> = [
        .executable, .library, .script, .kernel, .module, .firmware, .bootloader,
    ]

    func judge(_ file: FileEntry, _ context: FileRuleContext) -> FileViolation? {
        guard file.package == nil, Self.kinds.contains(file.kind), context.policy.unknown != .ignore else { return nil }
        if context.allows(file) { return nil }
        return FileViolation(
            title: "unknown \(file.kind.rawValue) \(file.path)", expected: "a file of a package or of the profile",
            observed: "\(file.kind.rawValue) \(file.digest)", reaction: context.policy.unknown,
            source: context.citation ?? "the package databases of the device", outcome: .unexpected)
    }
}
