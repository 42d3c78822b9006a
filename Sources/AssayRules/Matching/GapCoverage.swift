internal import AssayModel

/// Says what could not be seen: whether a part that was not found may still be there.
struct GapCoverage {
    /// Why a part may be hidden, and where it would have been read.
    struct Hidden {
        let reason: String
        let path: String?
        let probe: String?
    }

    /// First words of the ids of the probes that would show a part of a class.
    static let probes: [ComponentClass: [String]] = [
        .system: ["smbios", "devicetree"], .baseboard: ["smbios", "devicetree"], .chassis: ["smbios"],
        .processor: ["processor", "smbios", "devicetree"], .cache: ["smbios"], .memoryArray: ["smbios"],
        .memory: ["smbios"],
        .port: ["smbios"], .slot: ["smbios"], .onboard: ["smbios"], .soc: ["devicetree", "board"], .pci: ["pci"],
        .usb: ["usb"], .storage: ["storage"], .network: ["network"],
        .tpm: ["tpm"], .battery: ["power", "smbios"], .powerSupply: ["power", "smbios"],
        .managementController: ["smbios"], .sensor: ["smbios"], .vendorSpecific: ["smbios"],
        .firmware: ["smbios", "efi", "devicetree", "acpi", "firmware", "processor"], "phy": ["network"],
        "sdio": ["board"],
        "nvmem": ["board"], "w1": ["board"], "devicetree-node": ["devicetree"], "memory-spd": ["memory"],
    ]

    /// Classes that nothing but the SMBIOS tables shows.
    private static let smbiosOnly: Set<ComponentClass> = [
        .chassis, .cache, .memoryArray, .memory, .port, .slot, .onboard, .managementController,
    ]

    private let gaps: [Gap]
    private let hypervisor: String?
    private let paths: [String: [String]]
    private let emptySockets: Set<String>
    private let hasSMBIOS: Bool

    /// Looks at what the inventory could not show.
    ///
    /// - Parameter expectsGuest: whether the records speak of a virtual machine, which hides nothing from itself.
    init(_ inventory: InventorySnapshot, expectsGuest: Bool = false) {
        gaps = inventory.gaps
        hypervisor = expectsGuest ? nil : inventory.device.hypervisor
        var paths: [String: [String]] = [:]
        var emptySockets: Set<String> = []
        var hasSMBIOS = false
        for component in inventory.components {
            if !component.isPresent { emptySockets.insert(component.location) }
        }
        for components in [inventory.components, inventory.firmware] {
            for component in components {
                let evidence = component.evidence
                hasSMBIOS = hasSMBIOS || Self.isOf("smbios", evidence.probe)
                // Without a gap nobody asks where parts were read.
                if gaps.isEmpty { continue }
                paths[Self.family(evidence.probe), default: []].append(evidence.path)
            }
        }
        self.paths = paths
        self.emptySockets = emptySockets
        self.hasSMBIOS = hasSMBIOS
    }

    /// Whether the socket where the part belongs was seen, and is empty.
    func isEmptySocket(_ expectation: Expectation) -> Bool {
        expectation.exactSlot.map(emptySockets.contains) ?? false
    }

    /// Why the part may be there unseen; nil when it would have been seen.
    ///
    /// - Parameter unclaimed: parts of the same class that nothing expected.
    func hidden(_ expectation: Expectation, unclaimed: [Component]) -> Hidden? {
        if isEmptySocket(expectation) { return nil }
        let families = Self.probes[expectation.componentClass] ?? [expectation.componentClass.rawValue]
        if let gap = gaps.first(where: { families.contains(Self.family($0.probe)) && hides($0) }) {
            return Hidden(reason: describe(gap), path: gap.path, probe: gap.probe)
        }
        if let hypervisor {
            let name = hypervisor == "present" ? "a hypervisor" : hypervisor
            return Hidden(reason: "the device runs under \(name), which hides the machine", path: nil, probe: nil)
        }
        if let bridge = unclaimed.first(where: { $0.evidence.access == .bridged }) {
            return Hidden(
                reason: "it may stand behind \(bridge.location), which answers for what it carries",
                path: bridge.evidence.path, probe: bridge.evidence.probe)
        }
        if Self.smbiosOnly.contains(expectation.componentClass), !hasSMBIOS {
            return Hidden(
                reason: "nothing was read from the SMBIOS tables, which alone show such parts",
                path: "/sys/firmware/dmi/tables", probe: "smbios/tables")
        }
        return nil
    }

    /// A gap below the path of a part that was found is about that part; any other may hide parts.
    private func hides(_ gap: Gap) -> Bool {
        !(paths[Self.family(gap.probe)] ?? []).contains { gap.path.hasPrefix($0 + "/") }
    }

    /// What kept the fields of a part from being read; nil when no gap says so.
    func reason(of component: Component) -> String? {
        let path = component.evidence.path
        let family = Self.family(component.evidence.probe)
        guard !path.isEmpty else { return nil }
        return gaps.first { gap in
            Self.family(gap.probe) == family && (gap.path == path || gap.path.hasPrefix(path + "/"))
        }.map(describe)
    }

    private func describe(_ gap: Gap) -> String { "\(gap.path): \(gap.kind.rawValue): \(gap.detail)" }

    private static func family(_ probe: String) -> String {
        String(decoding: probe.utf8.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
    }

    private static func isOf(_ family: String, _ probe: String) -> Bool {
        probe.utf8.starts(with: family.utf8) && probe.utf8.dropFirst(family.utf8.count).first ?? 0x2f == 0x2f
    }
}
