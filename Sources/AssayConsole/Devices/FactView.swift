internal import AssayModel

/// One fact by its name.
package struct FactView: Sendable, Hashable {
    let name: String
    let value: String

    /// States a fact.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// States a fact that there may not be.
    private init?(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return nil }
        self.init(name, value)
    }

    /// How a device booted.
    static func facts(of boot: BootState) -> [FactView] {
        var facts = [
            FactView("Firmware", boot.firmwareType),
            FactView("Secure Boot", boot.secureBoot.map { $0 ? "enforced" : "not enforced" }),
            FactView("Setup mode", boot.setupMode.map { $0 ? "yes: keys can be replaced" : "no" }),
        ].compactMap(\.self)
        for database in boot.signatureDatabases ?? [] {
            let counts = "\(database.certificates) certificates, \(database.hashes) hashes"
            facts.append(FactView(database.name, "\(counts), SHA-256 \(database.digest.hex.prefix(16))…"))
        }
        for (name, value) in (boot.loader ?? [:]).sorted(by: { $0.key < $1.key }) {
            facts.append(FactView(name, value))
        }
        for (bank, registers) in (boot.pcrs ?? [:]).sorted(by: { $0.key < $1.key }) {
            facts.append(FactView("PCRs, \(bank)", "\(registers.count) registers read"))
        }
        return facts
    }

    /// What runs on a device.
    static func facts(of kernel: KernelState, modules: Int) -> [FactView] {
        var facts = [
            FactView("Release", kernel.release), FactView("Version", kernel.version),
            FactView("Build id", kernel.buildID), FactView("Command line", kernel.commandLine),
            FactView("Taint", kernel.taint.map { $0 == 0 ? "none" : String($0) }),
            FactView("Lockdown", kernel.lockdown),
        ].compactMap(\.self)
        if modules > 0 { facts.append(FactView("Modules", "\(modules) loaded")) }
        let open = (kernel.vulnerabilities ?? [:]).filter { $0.value.hasPrefix("Vulnerable") }.keys.sorted()
        if !open.isEmpty { facts.append(FactView("Open processor weaknesses", open.joined(separator: ", "))) }
        return facts
    }
}
