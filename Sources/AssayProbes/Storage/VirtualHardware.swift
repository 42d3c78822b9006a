/// Tells parts that a hypervisor or an emulation answers for from real ones, by the names they give themselves.
///
/// A device that is passed through, or an emulation that lies, is not recognised: the answer is "known to be virtual" or
/// "nothing known", never "real".
enum VirtualHardware {
    /// PCI vendor ids that stand for emulated or paravirtual functions only.
    ///
    /// Source: the PCI ID repository (pci-ids.ucw.cz): Red Hat virtio and QEMU, VMware, InnoTek, Parallels, XenSource,
    /// Microsoft, Amazon, Google, Oracle, Alibaba, Tencent virtual functions.
    private static let pciVendors: Set<String> = [
        "1af4", "1b36", "15ad", "80ee", "1ab8", "5853", "1414", "1d0f", "1ae0", "1d1c", "1ded",
    ]
    /// Words that emulated drives put into their vendor or model field.
    private static let words = [
        "qemu", "vbox", "virtualbox", "vmware", "virtual disk", "virtual hd", "virtual cd", "virtual dvd", "virtio",
        "amazon elastic block store", "amazon ec2", "nvme_card", "msft nvme", "parallels", "bhyve", "persistentdisk",
    ]
    /// SCSI host drivers of hypervisors and of the kernel's own emulation.
    private static let scsiDrivers: Set<String> = [
        "virtio_scsi", "vmw_pvscsi", "storvsc", "storvsc_host", "hv_storvsc", "xen-scsifront", "ibmvscsi", "scsi_debug",
    ]

    /// Whether a PCI vendor id (with or without `0x`) stands for virtual functions only.
    static func isVirtual(pciVendor: String) -> Bool {
        let id = pciVendor.lowercased()
        return pciVendors.contains(id.hasPrefix("0x") ? String(id.dropFirst(2)) : id)
    }

    /// Whether a vendor or model text names an emulation.
    static func isVirtual(name: String) -> Bool {
        let text = name.lowercased()
        return words.contains { text.contains($0) }
    }

    /// Whether a SCSI host driver belongs to a hypervisor or an emulation.
    static func isVirtual(scsiDriver: String) -> Bool { scsiDrivers.contains(scsiDriver) }
}
