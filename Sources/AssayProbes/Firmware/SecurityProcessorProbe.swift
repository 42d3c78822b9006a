internal import AssayHost
internal import AssayModel

/// Reads the firmware versions and fuses of AMD's platform security processor from the attributes of its PCI function.
package struct SecurityProcessorProbe: Probe {
    private static let folder = "/sys/bus/pci/devices"
    /// Security attributes, and the property that holds each.
    private static let attributes = [
        ("fused_part", "fusedPart"), ("boot_integrity", "bootIntegrity"), ("debug_lock_on", "debugLock"),
        ("tsme_status", "memoryEncryption"), ("anti_rollback_status", "antiRollback"),
        ("rom_armor_enforced", "romArmor"), ("rpmc_production_enabled", "replayProtection"),
    ]

    /// What is read.
    package static let descriptor = ProbeDescriptor(
        id: "firmware/psp", summary: "Firmware versions and fuses of AMD platform security processors.",
        accesses: [
            .init(folder + "/*/{bootloader_version,tee_version}"),
            .init(folder + "/*/{fused_part,boot_integrity,debug_lock_on,tsme_status,anti_rollback_status}"),
            .init(folder + "/*/{rom_armor_enforced,rpmc_production_enabled}"),
        ])

    /// A probe without state.
    package init() {}

    /// Reads the processors below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        for name in reader.devices(Self.folder, where: DevicePath.isPCIFunction) {
            let path = Self.folder + "/" + name
            var fuses: [String: String] = [:]
            let hasFuses = reader.exists(path + "/fused_part")
            if hasFuses { for (file, property) in Self.attributes { fuses[property] = reader.word(path + "/" + file) } }
            for (file, part) in [("bootloader_version", "bootloader"), ("tee_version", "tee")] {
                guard let version = reader.word(path + "/" + file) else { continue }
                var firmware = Component(
                    .firmware, at: "fw/psp/\(name)/\(part)", evidence: reader.evidence(path + "/" + file))
                firmware.firmwareVersion = version
                firmware.properties = fuses
                firmware.properties["parent"] = "pci/" + name
                reader.output.firmware.append(firmware)
            }
        }
        return reader.output
    }
}
