internal import AssayHost
internal import AssayModel

/// Reads what the firmware says of the machine's parts: the SMBIOS table, or the strings that the kernel kept of it.
package struct SMBIOSProbe: Probe {
    /// What the probe touches.
    package static let descriptor = ProbeDescriptor(
        id: "smbios/tables",
        summary: "The SMBIOS table: system, boards, processors, memory, slots and firmware as the firmware names them.",
        accesses: [
            .init(SMBIOSSource.entryPoint, .readSearch, loses: "the version of the table"),
            .init(
                SMBIOSSource.table, .readSearch, loses: "processors, memory modules, slots, ports, power supplies"),
            .init(SMBIOSSource.entries + "/*/raw", .readSearch, loses: "structures on kernels without the raw table"),
            .init(DMIIdentity.folders[0] + "/*"),
            .init(DMIIdentity.folders[0] + "/product_serial", .readSearch, loses: "the system's serial number"),
            .init(DMIIdentity.folders[0] + "/board_serial", .readSearch, loses: "the board's serial number"),
            .init(DMIIdentity.folders[0] + "/chassis_serial", .readSearch, loses: "the chassis' serial number"),
            .init(DMIIdentity.folders[0] + "/product_uuid", .readSearch, loses: "the system UUID"),
        ])

    /// Makes the probe.
    package init() {}

    /// Reads the table, then fills what it does not tell from `/sys/class/dmi/id`.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        let source = SMBIOSSource(context.root)
        var inventory = SMBIOSInventory(path: source.path)
        inventory.add(source)
        let described = Set(source.structures.map(\.type))
        if !described.isSuperset(of: [0, 1, 2, 3]) {
            inventory.add(DMIIdentity(context.root), except: described)
        }
        return inventory.finish()
    }

    /// The gap that a failed read leaves, with the privilege that would open it.
    static func gap(for failure: HostFailure, in root: HostRoot) -> Gap {
        var gap = failure.gap(probe: descriptor.id)
        gap.addAdvice("\(ProbeDescriptor.Privilege.readSearch.rawValue) opens it", for: root)
        return gap
    }
}
