internal import AssayModel

/// A file whose content is not what its package shipped.
struct ModifiedPackageFileRule: FileRule {
    static let descriptor = RuleDescriptor(
        RuleID.modifiedPackageFile, "a file differs from what its package shipped", severity: .high,
        matters: "The maker signed other bytes than those that run; what was changed in them is unknown.",
        advice: "Install the package again and keep the changed file as evidence. Find out what changed it.")

    func judge(_ file: FileEntry, _ context: FileRuleContext) -> FileViolation? {
        guard file.manifest == .modified, context.policy.modified != .ignore else { return nil }
        if context.allows(file) { return nil }
        let owner = file.package ?? "its package"
        return FileViolation(
            title: "\(file.path) differs from its package", expected: "the content that \(owner) shipped",
            observed: file.digest.description, reaction: context.policy.modified, source: "manifest of \(owner)",
            outcome: .mismatched)
    }
}
