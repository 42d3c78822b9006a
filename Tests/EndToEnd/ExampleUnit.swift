import AssayTestKit

/// The recorded tree of a small device, with parts that tests add, remove and swap.
enum ExampleUnit {
    /// The device as it was built.
    static func tree() throws -> HostTree {
        let tree = try HostTree([
            "/sys/class/dmi/id/sys_vendor": "Example Works\n", "/sys/class/dmi/id/product_name": "Edge 200\n",
            "/sys/class/dmi/id/bios_vendor": "Example Works\n", "/sys/class/dmi/id/bios_version": "1.4.2\n",
            "/sys/class/dmi/id/bios_date": "02/03/2026\n", "/sys/class/dmi/id/board_name": "E200-MB\n",
            "/sys/class/dmi/id/board_vendor": "Example Works\n",
        ])
        for part in [
            pci("0000:00:02.0", vendor: "8086", device: "46a6", class: "030000"),
            pci("0000:01:00.0", vendor: "10ec", device: "8168", class: "020000"),
            pci("0000:02:00.0", vendor: "8086", device: "1533", class: "020000"),
        ] {
            for (path, node) in part { try tree.set(path, node) }
        }
        return tree
    }

    /// What the kernel shows of one PCI function.
    static func pci(
        _ address: String, vendor: String, device: String, class: String
    ) -> [String: HostTree.Node] {
        let folder = "/sys/bus/pci/devices/\(address)"
        return [
            "\(folder)/vendor": .text("0x\(vendor)\n"), "\(folder)/device": .text("0x\(device)\n"),
            "\(folder)/class": .text("0x\(`class`)\n"), "\(folder)/revision": "0x00\n",
            "\(folder)/subsystem_vendor": "0x1458\n", "\(folder)/subsystem_device": "0xe000\n",
        ]
    }

    /// What the kernel shows of an NVMe disk.
    static func disk(serial: String) -> [String: HostTree.Node] {
        [
            "/sys/class/nvme/nvme0/model": "Example Flash 512\n", "/sys/class/nvme/nvme0/serial": .text(serial + "\n"),
            "/sys/class/nvme/nvme0/firmware_rev": "2B4QEXM7\n",
        ]
    }
}
