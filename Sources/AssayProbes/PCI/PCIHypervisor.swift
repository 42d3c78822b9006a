/// Vendor ids under which hypervisors show the devices that they emulate or mediate.
package enum PCIHypervisor {
    /// Ids from the PCI ID registry, each with its owner.
    package static let vendors: [String: String] = [
        "1234": "QEMU standard VGA",
        "1414": "Microsoft Hyper-V",
        "15ad": "VMware",
        "1ab8": "Parallels",
        "1af4": "virtio and QEMU subsystems",
        "1b36": "QEMU",
        "5853": "Xen",
        "80ee": "VirtualBox",
    ]

    /// Functions, `vendor:device`, that exist in emulation alone although the vendor makes chips.
    package static let functions: [String: String] = [
        "8086:0d57": "host bridge of rust-vmm based monitors"
    ]

    /// Whether a function with these ids is a hypervisor's: its own id, or a copied chip with the hypervisor's
    /// subsystem id.
    ///
    /// "No" means that nothing is known, not that the function is real: a chip may be copied with its subsystem.
    package static func isKnown(vendor: String?, device: String?, subsystemVendor: String?) -> Bool {
        if [vendor, subsystemVendor].contains(where: { $0.map { vendors[$0] != nil } ?? false }) { return true }
        guard let vendor, let device else { return false }
        return functions[vendor + ":" + device] != nil
    }
}
