package import AssayModel

/// The component class registries of the TCG, and what their classes are in an inventory, as data.
///
/// `hwprofiles/registries/component-classes.json` has the same entries with their sources; this copy lets the agent work
/// without files.
package enum ComponentRegistry {
    /// TCG Component Class Registry.
    package static let tcg = "2.23.133.18.3.1"
    /// SMBIOS-based Component Class Registry (DMTF).
    package static let smbios = "2.23.133.18.3.3"
    /// PCIe-based Component Class Registry.
    package static let pcie = "2.23.133.18.3.4"
    /// Storage Component Class Registry.
    package static let storage = "2.23.133.18.3.5"

    /// Classes by registry and by the first digits of the value; the longest fitting entry holds.
    package static let classes: [String: [String: ComponentClass]] = [
        tcg: [
            "0001": .processor, "0002": .chassis, "0003": .baseboard, "0004": .baseboard, "00040005": .memory,
            "00040006": .powerSupply, "00040009": .tpm, "0005": .pci, "00050004": .network, "00050010": .network,
            "0006": .memory, "00060003": .managementController, "0007": .storage, "0008": .storage, "0009": .network,
            "000a": .powerSupply, "000a0003": .battery, "000a0004": .battery, "000b": .sensor, "000d": .sensor,
            "000f": .slot, "0010": .port, "0013": .firmware,
        ],
        smbios: [
            "0000": .firmware, "0001": .system, "0002": .baseboard, "0003": .chassis, "0004": .processor,
            "0007": .cache, "0008": .port, "0009": .slot, "0010": .memoryArray, "0011": .memory, "0016": .battery,
            "0026": .managementController, "0027": .powerSupply, "0029": .onboard, "002b": .tpm,
        ],
        pcie: ["": .pci],
        storage: ["": .storage],
    ]

    /// What a class is; ``AssayModel/ComponentClass/unclassified`` where neither registry nor value tells.
    package static func componentClass(registry: String?, value: String?) -> ComponentClass {
        guard let registry, let value, let entries = classes[registry] else { return .unclassified }
        for count in [8, 4, 0] {
            if let found = entries[String(value.lowercased().prefix(count))], value.utf8.count == 8 { return found }
        }
        return .unclassified
    }
}

extension ComponentClass {
    /// A part of which its record does not tell the kind.
    package static let unclassified: ComponentClass = "unclassified"
}
