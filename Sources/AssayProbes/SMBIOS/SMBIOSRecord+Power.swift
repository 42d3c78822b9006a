internal import AssayBytes

extension SMBIOSRecord {
    /// Portable Battery (7.23).
    ///
    /// A smart battery leaves three strings empty and gives numbers instead.
    mutating func decodeBattery() {
        let isSmart = structure.formatted.count >= 0x1a
        addString("Location", at: 0x04)
        addString("Manufacturer", at: 0x05)
        if structure.byte(0x06) != 0 || !isSmart { addString("Manufacture Date", at: 0x06) }
        if structure.byte(0x07) != 0 || !isSmart { addString("Serial Number", at: 0x07) }
        addString("Name", at: 0x08)
        if structure.byte(0x09) != 2 || !isSmart { addEnumeration("Chemistry", at: 0x09, .batteryChemistry) }
        if let capacity = structure.word(0x0a) {
            let value = UInt32(capacity) * UInt32(structure.byte(0x15) ?? 1)
            add("Design Capacity", capacity == 0 ? nil : "\(value) mWh")
        }
        if let voltage = structure.word(0x0c) { add("Design Voltage", voltage == 0 ? nil : "\(voltage) mV") }
        addString("SBDS Version", at: 0x0e)
        if let error = structure.byte(0x0f) { add("Maximum Error", error == 0xff ? nil : "\(error)%") }
        if isSmart { decodeSmartBattery() }
        addVendorInformation(at: 0x16)
    }

    private mutating func decodeSmartBattery() {
        if structure.byte(0x07) == 0, let serial = structure.word(0x10) {
            add("SBDS Serial Number", Hex.string(serial).uppercased())
        }
        if structure.byte(0x06) == 0, let date = structure.word(0x12) {
            let parts = [date >> 5 & 0xf, date & 0x1f].map { $0 < 10 ? "0\($0)" : "\($0)" }
            add("SBDS Manufacture Date", "\(1980 + (date >> 9))-\(parts[0])-\(parts[1])")
        }
        if structure.byte(0x09) == 2 { addString("SBDS Chemistry", at: 0x14) }
    }

    /// System Power Supply (7.40).
    mutating func decodePowerSupply() {
        if let group = structure.byte(0x04), group != 0 { add("Power Unit Group", "\(group)") }
        addString("Location", at: 0x05)
        addString("Name", at: 0x06)
        addString("Manufacturer", at: 0x07)
        addString("Serial Number", at: 0x08)
        addString("Asset Tag", at: 0x09)
        addString("Model Part Number", at: 0x0a)
        addString("Revision", at: 0x0b)
        if let watts = structure.word(0x0c) { add("Max Power Capacity", watts == 0x8000 ? nil : "\(watts) W") }
        if let bits = structure.word(0x0e) {
            let state = SMBIOSEnumeration.powerSupplyStatus[bits >> 7 & 7]
            add("Status", bits & 2 == 0 ? Self.notPresent : "Present, \(state ?? "Unknown")")
            addCode("Type", bits >> 10 & 0xf, .powerSupplyType)
            addCode("Input Voltage Range Switching", bits >> 3 & 0xf, .powerSupplySwitching)
            add("Plugged", bits & 4 == 0 ? "Yes" : "No")
            add("Hot Replaceable", bits & 1 == 0 ? "No" : "Yes")
        }
        addHandle("Input Voltage Probe Handle", at: 0x10)
        addHandle("Cooling Device Handle", at: 0x12)
        addHandle("Input Current Probe Handle", at: 0x14)
    }

    /// Value of `Status` of a bay without a power supply.
    static let notPresent = "Not Present"
}
