internal import AssayBytes

/// Tells a virtual machine by the OEM id in its ACPI tables (ACPI 6.5, 5.2.6), where nothing else names the hypervisor.
enum ACPIHypervisor {
    /// Names by the start of the OEM id; as SMBIOS names them where it does.
    private static let names = [
        ("FIRECK", "firecracker"), ("BOCHS", "QEMU"), ("BXPC", "QEMU"), ("VRTUAL", "Hyper-V"), ("MSFTVM", "Hyper-V"),
        ("VMWARE", "VMware"), ("VBOX", "VirtualBox"), ("XEN", "Xen"), ("BHYVE", "bhyve"), ("PRLS", "Parallels"),
        ("CLOUDH", "Cloud Hypervisor"), ("CROSVM", "crosvm"), ("ACRN", "ACRN"),
    ]

    /// Name of the hypervisor that writes `oemID`; nil for a maker of hardware.
    ///
    /// `AMAZON` is not here: bare-metal instances carry it too.
    static func name(oemID: String) -> String? {
        guard let id = DeviceText.normalize(oemID)?.uppercased() else { return nil }
        return names.first { id.hasPrefix($0.0) }?.1
    }
}
