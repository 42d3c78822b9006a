import AssayAgent
import AssayModel
import AssayNames
import AssayReport
import AssayTerminal

/// A scan as a person reads it: what this is, its parts by location, and what could not be read.
struct ScanTable {
    let facts: InventorySnapshot
    let files: FileCounts
    let sections: Set<SectionName>
    let columns: Int?
    let names: HardwareNames

    /// Number of files of each kind.
    struct FileCounts {
        private(set) var byKind: [FileEntry.Kind: Int] = [:]
        private(set) var bytes: Int64 = 0
        private(set) var modified = 0
        private(set) var unowned = 0

        mutating func count(_ file: FileEntry) {
            byKind[file.kind, default: 0] += 1
            bytes += max(0, file.size)
            if file.manifest == .modified { modified += 1 }
            if file.package == nil { unowned += 1 }
        }
    }

    /// The whole text.
    func render() -> String {
        var parts: [String] = []
        if sections.contains(.platform) { parts.append(device()) }
        if sections.contains(.components) { parts.append(titled("Components", components(facts.components))) }
        if sections.contains(.firmware) { parts.append(titled("Firmware", components(facts.firmware))) }
        if sections.contains(.boot) { parts.append(titled("Boot", boot())) }
        if sections.contains(.kernel) { parts.append(titled("Kernel", kernel())) }
        if sections.contains(.packages) { parts.append(titled("Packages", packages())) }
        if sections.contains(.files) { parts.append(titled("Files", fileCounts())) }
        if sections.contains(.gaps) { parts.append(titled("Could not be read", gaps())) }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func titled(_ title: String, _ body: String) -> String {
        body.isEmpty ? "" : title.uppercased() + "\n" + body
    }

    private func device() -> String {
        let device = facts.device
        let name = [device.manufacturer, device.model].compactMap { $0 }.joined(separator: " ")
        var pairs: [(String, String?)] = [("Device", name.isEmpty ? "unknown (no SMBIOS, no device tree)" : name)]
        pairs.append(("Serial", device.serial))
        pairs.append(
            ("Board", [device.boardManufacturer, device.boardModel].compactMap { $0 }.joined(separator: " ")))
        pairs.append(("UUID", device.uuid))
        pairs.append(("Compatible", device.compatible?.joined(separator: ", ")))
        pairs.append(("Host", device.hostname))
        pairs.append(("System", device.operatingSystem.flatMap { $0.prettyName ?? $0.id }))
        pairs.append(("Hypervisor", device.hypervisor))
        return lines(pairs)
    }

    private func components(_ components: [Component]) -> String {
        ComponentTable(components: components, names: names).render(columns: columns)
    }

    private func boot() -> String {
        let boot = facts.boot
        var pairs: [(String, String?)] = [("Firmware", boot.firmwareType)]
        pairs.append(("Secure Boot", boot.secureBoot.map { $0 ? "on" : "OFF" }))
        pairs.append(("Setup mode", boot.setupMode.map { $0 ? "ON" : "off" }))
        for database in boot.signatureDatabases ?? [] {
            pairs.append((database.name, "\(database.certificates) certificates, \(database.hashes) hashes"))
        }
        for (bank, registers) in (boot.pcrs ?? [:]).sorted(by: { $0.key < $1.key }) {
            pairs.append(("PCRs", "\(registers.count) in bank \(bank)"))
        }
        return lines(pairs)
    }

    private func kernel() -> String {
        let kernel = facts.kernel
        return lines([
            ("Release", kernel.release), ("Build id", kernel.buildID), ("Command line", kernel.commandLine),
            ("Taint", kernel.taint.map { $0 == 0 ? "none" : "\($0)" }), ("Lockdown", kernel.lockdown),
            ("Modules", kernel.modules.map { "\($0.count) loaded" }),
        ])
    }

    private func packages() -> String {
        let byType = Dictionary(grouping: facts.packages, by: \.type).mapValues(\.count)
        return lines(byType.sorted { $0.key < $1.key }.map { ($0.key, Quantity.count($0.value)) })
    }

    private func fileCounts() -> String {
        let kinds = files.byKind.sorted { $0.key.rawValue < $1.key.rawValue }
        guard !kinds.isEmpty else { return "" }
        var pairs: [(String, String?)] = kinds.map { ($0.key.rawValue, Quantity.count($0.value)) }
        pairs.append(("bytes", Quantity.bytes(files.bytes)))
        pairs.append(("no owner", Quantity.count(files.unowned)))
        pairs.append(("modified", Quantity.count(files.modified)))
        return lines(pairs)
    }

    private func gaps() -> String {
        var table = TextTable(["KIND", "PATH", "DETAIL", "PROBE"])
        for gap in facts.gaps { table.append([gap.kind.rawValue, gap.path, gap.detail, gap.probe]) }
        return table.render(limit: columns)
    }

    private func lines(_ pairs: [(String, String?)]) -> String {
        let shown = pairs.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } }
        let width = shown.map { TerminalText.width($0.0) }.max() ?? 0
        return shown.map { name, value in
            "  " + name + String(repeating: " ", count: width - TerminalText.width(name) + 2)
                + TerminalText.safe(value) + "\n"
        }.joined()
    }
}
