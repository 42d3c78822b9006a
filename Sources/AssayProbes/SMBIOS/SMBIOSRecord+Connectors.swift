internal import AssayBytes

extension SMBIOSRecord {
    private static let slotCharacteristics1 = SMBIOSFlags(
        from: 1,
        [
            "5.0 V is provided", "3.3 V is provided", "Opening is shared", "PC Card-16 is supported",
            "Cardbus is supported", "Zoom Video is supported", "Modem ring resume is supported",
        ])
    private static let slotCharacteristics2 = SMBIOSFlags([
        "PME signal is supported", "Hot-plug devices are supported", "SMBus signal is supported",
        "PCIe slot bifurcation is supported", "Async/surprise removal is supported", "Flexbus slot, CXL 1.0 capable",
        "Flexbus slot, CXL 2.0 capable", "Flexbus slot, CXL 3.0 capable",
    ])

    /// Port Connector Information (7.9).
    mutating func decodePort() {
        addString("Internal Reference Designator", at: 0x04)
        addEnumeration("Internal Connector Type", at: 0x05, .connectorType)
        addString("External Reference Designator", at: 0x06)
        addEnumeration("External Connector Type", at: 0x07, .connectorType)
        addEnumeration("Port Type", at: 0x08, .portType)
    }

    /// System Slots (7.10).
    mutating func decodeSlot() {
        addString("Designation", at: 0x04)
        addSlotType()
        addEnumeration("Current Usage", at: 0x07, .slotUsage)
        addEnumeration("Length", at: 0x08, .slotLength)
        addSlotID()
        addSlotCharacteristics()
        addBusAddress(at: 0x0d)
        guard let width = structure.byte(0x11), let peers = structure.byte(0x12) else { return }
        add("Data Bus Width", "\(width)")
        add("Peer Devices", "\(peers)")
        let end = 0x13 + 5 * Int(peers)
        guard structure.formatted.count >= end else { return }
        for index in 0..<Int(peers) { addPeer(index) }
        if let generation = structure.byte(end), generation != 0 { add("PCI Express Generation", "\(generation)") }
        addEnumeration("Slot Physical Width", at: end + 1, .slotWidth)
        if let pitch = structure.word(end + 2), pitch != 0 {
            add("Pitch", SMBIOSQuantity.decimal(Int(pitch), digits: 2) + " mm")
        }
        addEnumeration("Height", at: end + 4, .slotHeight)
    }

    private mutating func addSlotType() {
        guard let type = structure.byte(0x05), let width = structure.byte(0x06) else { return }
        let prefix = width <= 2 ? nil : SMBIOSEnumeration.slotWidth[width]
        guard let name = SMBIOSEnumeration.slotType[type] else { return addCode("Type", UInt16(type), .slotType) }
        if prefix == nil, name == "Unknown" { return add("Type", nil) }
        add("Type", [prefix, name].compactMap { $0 }.joined(separator: " "))
    }

    /// The slot's number in the terms of its bus (7.10.5).
    private mutating func addSlotID() {
        guard let type = structure.byte(0x05), let low = structure.byte(0x09), let high = structure.byte(0x0a) else {
            return
        }
        switch type {
        case 0x04...0x06, 0x0e...0x13, 0x1f...0x28, 0xa5...0xc6: add("ID", "\(low)")
        case 0x07: add("ID", "Adapter \(low), Socket \(high)")
        default: break
        }
    }

    private mutating func addSlotCharacteristics() {
        guard let first = structure.byte(0x0b) else { return }
        if first & 1 == 1 { return add("Characteristics", nil) }
        let second = structure.byte(0x0c) ?? 0
        let items =
            Self.slotCharacteristics1.names(in: UInt64(first)) + Self.slotCharacteristics2.names(in: UInt64(second))
        add("Characteristics", items.isEmpty ? "None" : nil, items: items)
    }

    private mutating func addPeer(_ index: Int) {
        let offset = 0x13 + 5 * index
        guard let segment = structure.word(offset), let bus = structure.byte(offset + 2),
            let function = structure.byte(offset + 3), let width = structure.byte(offset + 4)
        else { return }
        let address = Self.busAddress(segment: segment, bus: bus, function: function)
        add("Peer Device \(index + 1)", "\(address) (Width \(width))")
    }

    /// Onboard Devices Extended Information (7.42).
    mutating func decodeOnboardDevice() {
        addString("Reference Designation", at: 0x04)
        addEnumeration("Type", at: 0x05, .onboardType, mask: 0x7f)
        if let type = structure.byte(0x05) { add("Status", type & 0x80 == 0 ? "Disabled" : "Enabled") }
        addNumber("Type Instance", at: 0x06)
        addBusAddress(at: 0x07)
    }
}
