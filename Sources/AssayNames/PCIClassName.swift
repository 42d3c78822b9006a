/// Base class and sub-class of a PCI function in words (PCI Code and ID Assignment Specification, section 1).
package enum PCIClassName {
    private static let subclasses: [String: String] = [
        "0001": "VGA-compatible device", "0100": "SCSI controller", "0101": "IDE controller",
        "0104": "RAID controller", "0106": "SATA controller", "0107": "SAS controller", "0108": "NVMe controller",
        "0109": "UFS controller", "0200": "Ethernet controller", "0207": "InfiniBand controller",
        "0280": "network controller", "0300": "VGA controller", "0302": "3D controller",
        "0380": "display controller", "0400": "video device", "0401": "audio device", "0403": "HD audio device",
        "0500": "RAM controller", "0502": "CXL memory", "0600": "host bridge", "0601": "ISA bridge",
        "0604": "PCI-to-PCI bridge", "0680": "bridge", "0700": "serial controller", "0780": "communication controller",
        "0800": "interrupt controller", "0801": "DMA controller", "0805": "SD host controller", "0806": "IOMMU",
        "0880": "system peripheral", "0c00": "FireWire controller", "0c03": "USB controller",
        "0c05": "SMBus controller",
        "0c07": "IPMI interface", "0c80": "serial bus controller", "0d11": "Bluetooth controller",
        "0d80": "wireless controller", "1000": "network encryption", "1080": "encryption controller",
        "1101": "performance counters", "1180": "signal processing controller",
    ]
    private static let classes: [String: String] = [
        "01": "storage controller", "02": "network controller", "03": "display controller", "04": "multimedia device",
        "05": "memory controller", "06": "bridge", "07": "communication controller", "08": "system peripheral",
        "09": "input device", "0a": "docking station", "0b": "processor", "0c": "serial bus controller",
        "0d": "wireless controller", "0e": "intelligent I/O controller", "0f": "satellite controller",
        "10": "encryption controller", "11": "signal processing controller", "12": "accelerator",
        "13": "instrumentation",
    ]

    /// Words for a class code of six hexadecimal digits; nil for a vendor's own and unassigned ones.
    package static func words(_ code: String) -> String? {
        let code = code.lowercased()
        return subclasses[String(code.prefix(4))] ?? classes[String(code.prefix(2))]
    }
}
