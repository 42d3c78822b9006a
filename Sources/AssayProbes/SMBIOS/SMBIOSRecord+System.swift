internal import AssayBytes

extension SMBIOSRecord {
    private static let boardFeatures = SMBIOSFlags([
        "Board is a hosting board", "Board requires at least one daughter board", "Board is removable",
        "Board is replaceable", "Board is hot swappable",
    ])

    /// System Information (7.2).
    mutating func decodeSystem() {
        addString("Manufacturer", at: 0x04)
        addString("Product Name", at: 0x05)
        addString("Version", at: 0x06)
        addString("Serial Number", at: 0x07)
        if structure.formatted.count >= 0x18 { addUUID(Array(structure.formatted[0x08..<0x18])) }
        addEnumeration("Wake-up Type", at: 0x18, .wakeUpType)
        addString("SKU Number", at: 0x19)
        addString("Family", at: 0x1a)
    }

    private mutating func addUUID(_ bytes: [UInt8]) {
        if bytes.allSatisfy({ $0 == 0xff }) { return add("UUID", Self.uuidNotPresent) }
        if bytes.allSatisfy({ $0 == 0 }) { return add("UUID", Self.uuidNotSettable) }
        // 2.6 settled that the first three fields are little-endian; before it they are in network order (7.2.1).
        let isMixed = version >= SMBIOSVersion(major: 2, minor: 6)
        add("UUID", (isMixed ? GUID(mixedEndian: bytes) : GUID(networkOrder: bytes)).description)
    }

    /// Value of `UUID` when its bytes are all FFh: the system has none (7.2.1).
    static let uuidNotPresent = "Not Present"
    /// Value of `UUID` when its bytes are all 00h: none was set (7.2.1).
    static let uuidNotSettable = "Not Settable"

    /// Baseboard Information (7.3).
    mutating func decodeBaseBoard() {
        addString("Manufacturer", at: 0x04)
        addString("Product Name", at: 0x05)
        addString("Version", at: 0x06)
        addString("Serial Number", at: 0x07)
        addString("Asset Tag", at: 0x08)
        if let features = structure.byte(0x09) {
            let items = Self.boardFeatures.names(in: UInt64(features))
            add("Features", items.isEmpty ? "None" : nil, items: items)
        }
        addString("Location In Chassis", at: 0x0a)
        if let handle = structure.word(0x0b) { add("Chassis Handle", Self.handleText(handle)) }
        addEnumeration("Type", at: 0x0d, .boardType)
        if let count = structure.byte(0x0e) {
            let handles = (0..<Int(count)).compactMap { structure.word(0x0f + 2 * $0) }
            add("Contained Object Handles", "\(count)", items: handles.map(Self.handleText))
        }
    }

    /// System Enclosure or Chassis (7.4).
    mutating func decodeChassis() {
        addString("Manufacturer", at: 0x04)
        addEnumeration("Type", at: 0x05, .chassisType, mask: 0x7f)
        if let type = structure.byte(0x05) { add("Lock", type & 0x80 == 0 ? "Not Present" : "Present") }
        addString("Version", at: 0x06)
        addString("Serial Number", at: 0x07)
        addString("Asset Tag", at: 0x08)
        addEnumeration("Boot-up State", at: 0x09, .chassisState)
        addEnumeration("Power Supply State", at: 0x0a, .chassisState)
        addEnumeration("Thermal State", at: 0x0b, .chassisState)
        addEnumeration("Security Status", at: 0x0c, .chassisSecurity)
        addVendorInformation("OEM Information", at: 0x0d)
        if let height = structure.byte(0x11) { add("Height", height == 0 ? nil : "\(height) U") }
        if let cords = structure.byte(0x12) { add("Number Of Power Cords", cords == 0 ? nil : "\(cords)") }
        guard let count = structure.byte(0x13), let size = structure.byte(0x14) else { return }
        add("Contained Elements", "\(count)", items: containedElements(count: Int(count), size: Int(size)))
        addString("SKU Number", at: 0x15 + Int(count) * Int(size))
    }

    /// Contained elements (7.4.4): a base board or structure type, and how many of them at least and at most.
    private func containedElements(count: Int, size: Int) -> [String] {
        guard size >= 3 else { return [] }
        return (0..<count).compactMap { index in
            let offset = 0x15 + index * size
            guard let type = structure.byte(offset), let least = structure.byte(offset + 1),
                let most = structure.byte(offset + 2)
            else { return nil }
            let code = type & 0x7f
            let name =
                type & 0x80 == 0
                ? SMBIOSEnumeration.boardType[code] : SMBIOSEnumeration.structureType[code]
            return "\(name ?? "type \(code)") (\(least == most ? "\(least)" : "\(least)-\(most)"))"
        }
    }
}
