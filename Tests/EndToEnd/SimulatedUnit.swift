import AssayTestKit

/// One unit of a model of which many are built: what its kernel would show, with one thing wrong where a test wants it.
struct SimulatedUnit {
    /// JEP106 codes of who made the dies of its memory.
    enum DieMaker: UInt16 {
        case samsung = 0x80ce
        case cxmt = 0x8a91
    }

    /// What numbers its parts; the record of the unit has the same.
    let number: Int
    /// What the firmware states; a unit whose maker entered nothing has placeholders.
    var isAnonymous = false
    var moduleSerial: UInt32
    var dieMaker = DieMaker.samsung
    var hasStick = false

    init(_ number: Int) {
        self.number = number
        moduleSerial = Self.moduleSerial(number)
    }

    static let manufacturer = "Example Works"
    static let model = "Edge 200"
    static let modulePartNumber = "KF432S20IB/8"
    static let placeholder = "Default string"
    static let stickSerial = "4C530001230815117384"

    static func serial(_ number: Int) -> String { "E200-" + padded(number) }
    static func diskSerial(_ number: Int) -> String { "EF512-" + padded(number) }
    static func moduleSerial(_ number: Int) -> UInt32 { 0x29ac_0000 + UInt32(number) }

    private static func padded(_ number: Int) -> String {
        String(repeating: "0", count: max(0, 4 - "\(number)".count)) + "\(number)"
    }

    /// The unit as a recorded tree.
    func tree() throws -> HostTree {
        let tree = try HostTree(identity)
        for parts in [
            ExampleUnit.pci("0000:00:02.0", vendor: "8086", device: "46a6", class: "030000"),
            ExampleUnit.pci("0000:02:00.0", vendor: "8086", device: "1533", class: "020000"),
            ExampleUnit.disk(serial: Self.diskSerial(number)),
            ["/sys/bus/i2c/drivers/ee1004/0-0050/eeprom": .bytes(module)],
            usb("1-1", vendor: "0424", product: "2514", class: "09", name: "Hub"),
            hasStick
                ? usb("1-2", vendor: "0781", product: "5581", class: "00", name: "Ultra", serial: Self.stickSerial)
                : [:],
        ] {
            for (path, node) in parts { try tree.set(path, node) }
        }
        return tree
    }

    private var identity: [String: HostTree.Node] {
        let texts = [
            "sys_vendor": Self.manufacturer, "product_name": Self.model,
            "product_serial": isAnonymous ? Self.placeholder : Self.serial(number),
            "product_uuid": isAnonymous
                ? "03000200-0400-0500-0006-000700080009"
                : "4c4c4544-0042-4a10-8051-00000000" + Self.padded(number),
            "board_vendor": Self.manufacturer, "board_name": "E200-MB",
            "board_serial": isAnonymous ? Self.placeholder : "MB-" + Self.padded(number),
            "chassis_vendor": Self.manufacturer, "chassis_type": "3", "bios_vendor": Self.manufacturer,
            "bios_version": "1.4.2", "bios_date": "02/03/2026",
        ]
        return Dictionary(
            uniqueKeysWithValues: texts.map { ("/sys/class/dmi/id/" + $0.key, .text($0.value + "\n")) })
    }

    private func usb(
        _ name: String, vendor: String, product: String, class: String, name text: String, serial: String? = nil
    ) -> [String: HostTree.Node] {
        let folder = "/sys/bus/usb/devices/\(name)"
        var nodes: [String: HostTree.Node] = [
            "\(folder)/idVendor": .text(vendor + "\n"), "\(folder)/idProduct": .text(product + "\n"),
            "\(folder)/bcdDevice": "0100\n", "\(folder)/product": .text(text + "\n"), "\(folder)/speed": "480\n",
            "\(folder)/bDeviceClass": .text(`class` + "\n"), "\(folder)/bDeviceSubClass": "00\n",
            "\(folder)/bDeviceProtocol": "00\n",
        ]
        if let serial { nodes["\(folder)/serial"] = .text(serial + "\n") }
        return nodes
    }

    /// The identification chip of a DDR4 module (JEDEC 21-C, annex L).
    private var module: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 512)
        (bytes[0], bytes[1], bytes[2]) = (0x23, 0x11, 0x0c)
        // CRC-16 of these 126 bytes, which are the same in every unit.
        bytes.replaceSubrange(126..<128, with: [0xc1, 0xfc])
        let serial = (0..<4).map { UInt8(truncatingIfNeeded: moduleSerial >> UInt32(24 - 8 * $0)) }
        bytes.replaceSubrange(320..<329, with: [0x01, 0x98, 1, 0x24, 0x14] + serial)
        let name = Array(Self.modulePartNumber.utf8)
        bytes.replaceSubrange(329..<349, with: name + [UInt8](repeating: 0x20, count: 20 - name.count))
        let die = dieMaker.rawValue
        bytes.replaceSubrange(350..<352, with: [UInt8(die >> 8), UInt8(truncatingIfNeeded: die)])
        return bytes
    }
}
