internal import AssayModel

/// Holds the boot state against what the profile requires.
struct BootCheck {
    let profile: HardwareProfile

    private static let bootClass: ComponentClass = "boot"

    /// One outcome for each requirement.
    func outcomes(_ inventory: InventorySnapshot) -> [Outcome] {
        guard let policy = profile.boot else { return [] }
        let boot = inventory.boot
        let gap = inventory.gaps.first { $0.probe.hasPrefix("efi") || $0.probe.hasPrefix("tpm") }
        var outcomes: [Outcome] = []
        func add(_ name: String, _ accepted: [String], _ observed: String?, rule: String = RuleID.bootState) {
            outcomes.append(outcome(name, accepted, observed, rule: rule, gap: gap))
        }
        if let required = policy.secureBoot {
            add("secure-boot", [Self.word(required)], boot.secureBoot.map(Self.word), rule: RuleID.secureBootOff)
        }
        if let required = policy.setupMode { add("setup-mode", [Self.word(required)], boot.setupMode.map(Self.word)) }
        if let modes = policy.lockdown { add("lockdown", modes, inventory.kernel.lockdown) }
        for (name, accepted) in (policy.signatureDatabases ?? [:]).sorted(by: { $0.key < $1.key }) {
            let found = boot.signatureDatabases?.first { $0.name == name }
            add("signatures/\(name)", accepted.values, found?.digest.description)
        }
        for (bank, registers) in (policy.pcrs ?? [:]).sorted(by: { $0.key < $1.key }) {
            for (index, accepted) in registers.sorted(by: { (Int($0.key) ?? 0, $0.key) < (Int($1.key) ?? 0, $1.key) }) {
                add("pcr/\(bank)/\(index)", accepted.values, boot.pcrs?[bank]?[index])
            }
        }
        return outcomes
    }

    private func outcome(_ name: String, _ accepted: [String], _ observed: String?, rule: String, gap: Gap?) -> Outcome
    {
        let expected = accepted.joined(separator: " or ")
        let agrees = observed.map { found in accepted.contains { $0.lowercased() == found.lowercased() } }
        let kind: Outcome.Kind = agrees.map { $0 ? .matched : .mismatched } ?? .notVerifiable
        let note = gap.map { "\($0.path): \($0.kind.rawValue): \($0.detail)" } ?? "the device does not show it"
        let field = FieldDifference(name: name, expected: expected, observed: observed)
        return Outcome(
            kind, Self.bootClass, at: "boot/\(name)", expected: expected, observed: observed,
            fields: kind == .matched ? [] : [field], rule: kind == .notVerifiable ? RuleID.notVerifiable : rule,
            source: "\(profile.citation) boot", notes: observed == nil ? [note] : [],
            path: name.hasPrefix("pcr") ? "/sys/class/tpm" : "/sys/firmware/efi/efivars",
            probe: name.hasPrefix("pcr") ? "tpm" : "efi")
    }

    private static func word(_ state: Bool) -> String { state ? "on" : "off" }
}
