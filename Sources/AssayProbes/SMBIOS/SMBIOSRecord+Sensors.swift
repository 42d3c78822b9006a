extension SMBIOSRecord {
    /// Cooling Device (7.28).
    mutating func decodeCoolingDevice() {
        addHandle("Temperature Probe Handle", at: 0x04)
        addEnumeration("Type", at: 0x06, .coolingType, mask: 0x1f)
        addEnumeration("Status", at: 0x06, .probeStatus, shift: 5)
        if let group = structure.byte(0x07), group != 0 { add("Cooling Unit Group", "\(group)") }
        addVendorInformation(at: 0x08)
        if let speed = structure.word(0x0c) {
            add("Nominal Speed", speed == 0x8000 ? "Unknown Or Non-rotating" : "\(speed) rpm")
        }
        addString("Description", at: 0x0e)
    }

    /// Temperature Probe (7.29).
    mutating func decodeTemperatureProbe() {
        addString("Description", at: 0x04)
        addEnumeration("Location", at: 0x05, .temperatureLocation, mask: 0x1f)
        addEnumeration("Status", at: 0x05, .probeStatus, shift: 5)
        addReading("Maximum Value", at: 0x06, digits: 1, unit: " deg C")
        addReading("Minimum Value", at: 0x08, digits: 1, unit: " deg C")
        addAccuracy("Resolution", at: 0x0a, digits: 3, unit: " deg C")
        addReading("Tolerance", at: 0x0c, digits: 1, unit: " deg C")
        addAccuracy("Accuracy", at: 0x0e, digits: 2, unit: "%")
        addVendorInformation(at: 0x10)
        addReading("Nominal Value", at: 0x14, digits: 1, unit: " deg C")
    }

    /// Adds a signed word scaled by powers of ten; 8000h is unknown.
    private mutating func addReading(_ name: String, at offset: Int, digits: Int, unit: String) {
        guard let word = structure.word(offset) else { return }
        let value = Int(Int16(bitPattern: word))
        add(name, word == 0x8000 ? nil : SMBIOSQuantity.decimal(value, digits: digits) + unit)
    }

    /// Adds a word that has no sign, because it says how far a reading may be off.
    private mutating func addAccuracy(_ name: String, at offset: Int, digits: Int, unit: String) {
        guard let word = structure.word(offset) else { return }
        add(name, word == 0x8000 ? nil : SMBIOSQuantity.decimal(Int(word), digits: digits) + unit)
    }
}
