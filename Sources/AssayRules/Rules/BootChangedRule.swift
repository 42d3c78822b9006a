internal import AssayModel

/// The boot state or the kernel changed since the last report.
struct BootChangedRule: Rule {
    static let descriptor = RuleDescriptor(
        "change/boot-changed", "the boot state or the kernel changed since the last report", severity: .medium,
        decides: false, matters: "What starts first controls everything after it, and can hide from all later checks.",
        advice: "Check that a system update is on record. Keys and Secure Boot do not change in one.")

    func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard let previous = context.previous else { return .notApplicable }
        var changes = ChangeFindings(Self.descriptor)
        let before = Self.facts(previous)
        let now = Self.facts(context.inventory)
        let gaps = context.inventory.gaps.filter { ["efi", "kernel", "tpm"].contains($0.probe.prefix { $0 != "/" }) }
        var open: [Gap] = []
        for name in Set(before.keys).union(now.keys).sorted() where before[name] != now[name] {
            if now[name] == nil, !gaps.isEmpty {
                open = gaps
                continue
            }
            let subject = ChangeFindings.Subject(
                componentClass: nil, location: name, path: Self.path(name),
                probe: name.hasPrefix("kernel") ? "kernel" : "efi")
            changes.add("\(name) changed", subject, from: before[name], to: now[name])
        }
        return changes.findings.isEmpty && !open.isEmpty ? .undetermined(open) : changes.verdict
    }

    private static func path(_ name: String) -> String {
        name.hasPrefix("kernel") ? "/proc/version" : "/sys/firmware/efi/efivars"
    }

    private static func facts(_ inventory: InventorySnapshot) -> [String: String] {
        var facts: [String: String] = [:]
        facts["boot/secure-boot"] = inventory.boot.secureBoot.map { $0 ? "on" : "off" }
        facts["boot/setup-mode"] = inventory.boot.setupMode.map { $0 ? "on" : "off" }
        for database in inventory.boot.signatureDatabases ?? [] {
            facts["boot/signatures/" + database.name] = database.digest.description
        }
        facts["kernel/release"] = inventory.kernel.release
        facts["kernel/build-id"] = inventory.kernel.buildID
        facts["kernel/command-line"] = inventory.kernel.commandLine
        facts["kernel/lockdown"] = inventory.kernel.lockdown
        return facts
    }
}
