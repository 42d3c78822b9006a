package import AssayBytes

/// What the PCI Express capability says of the function and its link (PCI Express Base 6.0, 7.5.3).
package struct PCIExpressCapability: Sendable, Hashable {
    /// One state of a link; nil where the function has no such link.
    package struct Link: Sendable, Hashable {
        /// Speed as the standard writes it: `8.0 GT/s`.
        package var speed: String?
        /// Number of lanes.
        package var width: Int?
    }

    /// Version of the structure.
    package var version: UInt8
    /// Device/Port Type field.
    package var portType: UInt8
    /// Highest speed and width of the function.
    package var maximum: Link
    /// Speed and width that were negotiated.
    package var current: Link

    /// Reads the structure that begins at the start of `bytes`.
    package init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes, at: 2)
        let flags = try reader.uint16("pci express capabilities register")
        version = UInt8(flags & 0xf)
        portType = UInt8(flags >> 4 & 0xf)
        try reader.seek(to: 0x0c, "link capabilities")
        maximum = Link(register: try reader.uint32("link capabilities"))
        try reader.seek(to: 0x12, "link status")
        current = Link(register: UInt32(try reader.uint16("link status")))
    }

    /// The Device/Port Type in the words of the standard.
    package var portTypeName: String {
        switch portType {
        case 0x0: "endpoint"
        case 0x1: "legacy endpoint"
        case 0x4: "root port"
        case 0x5: "upstream switch port"
        case 0x6: "downstream switch port"
        case 0x7: "pci express to pci bridge"
        case 0x8: "pci to pci express bridge"
        case 0x9: "root complex integrated endpoint"
        case 0xa: "root complex event collector"
        default: "reserved \(portType)"
        }
    }
}

extension PCIExpressCapability.Link {
    /// Link Capabilities and Link Status share the layout of their low ten bits.
    init(register: UInt32) {
        let speeds = ["2.5 GT/s", "5.0 GT/s", "8.0 GT/s", "16.0 GT/s", "32.0 GT/s", "64.0 GT/s"]
        let code = Int(register & 0xf)
        let lanes = Int(register >> 4 & 0x3f)
        // Integrated endpoints and virtual functions have no link of their own and show zeros.
        guard lanes > 0, lanes <= 32 else {
            self.init()
            return
        }
        self.init(speed: speeds.indices.contains(code - 1) ? speeds[code - 1] : nil, width: lanes)
    }

    /// The words of the sysfs attributes `*_link_speed` (`8.0 GT/s PCIe`, `8 GT/s`, `Unknown`) and `*_link_width`.
    init(speedText: String?, widthText: String?) {
        let number = speedText?.split(separator: " ").first.map(String.init) ?? ""
        if let first = number.utf8.first, (0x31...0x39).contains(first) {
            speed = (number.contains(".") ? number : number + ".0") + " GT/s"
        }
        if let lanes = widthText.flatMap({ Int($0) }), lanes > 0, lanes <= 32 { width = lanes }
    }
}
