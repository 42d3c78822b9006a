/// Tells functions that a hypervisor emulates or mediates by the ids that they show.
package enum PCIHypervisor {
    /// Vendor ids of hypervisors, with the owner that the PCI ID registry names.
    ///
    /// As a subsystem vendor, each marks a chip that the hypervisor copies.
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

    /// Vendor ids of the functions that cloud operators show to their guests.
    ///
    /// As a subsystem vendor they stand on real cards in the operators' own servers.
    package static let clouds: [String: String] = [
        "1ae0": "Google",
        "1d0f": "Amazon",
        "1ded": "Alibaba",
    ]

    /// Functions, `vendor:device`, that exist in emulation alone although the vendor makes chips.
    package static let functions: [String: String] = [
        "8086:0d57": "host bridge of rust-vmm based monitors"
    ]

    /// Whether a function with these ids is a hypervisor's: its own id, or a copied chip with its subsystem id.
    ///
    /// "No" means that nothing is known, not that the function is real: a chip may be copied with its subsystem.
    package static func isKnown(vendor: String?, device: String?, subsystemVendor: String?) -> Bool {
        if let subsystemVendor, vendors[subsystemVendor] != nil { return true }
        guard let vendor else { return false }
        if vendors[vendor] != nil || clouds[vendor] != nil { return true }
        return device.map { functions[vendor + ":" + $0] != nil } ?? false
    }
}
