internal import AssayBytes

extension SMBIOSRecord {
    private static let characteristics = SMBIOSFlags(
        from: 2,
        [
            "64-bit capable", "Multi-Core", "Hardware Thread", "Execute Protection", "Enhanced Virtualization",
            "Power/Performance Control", "128-bit Capable", "Arm64 SoC ID",
        ])

    /// Processor Information (7.5).
    mutating func decodeProcessor() {
        addString("Socket Designation", at: 0x04)
        addEnumeration("Type", at: 0x05, .processorType)
        addFamily()
        addString("Manufacturer", at: 0x07)
        if structure.formatted.count >= 0x10 {
            let id = structure.formatted[0x08..<0x10]
            add("ID", id.map { Hex.string($0).uppercased() }.joined(separator: " "))
            if let signature = ProcessorSignature(structure) { add("Signature", signature.description) }
        }
        addString("Version", at: 0x10)
        addProcessorVoltage()
        addSpeed("External Clock", at: 0x12)
        addSpeed("Max Speed", at: 0x14)
        addSpeed("Current Speed", at: 0x16)
        addProcessorStatus()
        addEnumeration("Upgrade", at: 0x19, .processorUpgrade)
        for level in 1...3 { addCacheHandle(level) }
        addString("Serial Number", at: 0x20)
        addString("Asset Tag", at: 0x21)
        addString("Part Number", at: 0x22)
        addCount("Core Count", at: 0x23, extended: 0x2a)
        addCount("Core Enabled", at: 0x24, extended: 0x2c)
        addCount("Thread Count", at: 0x25, extended: 0x2e)
        addProcessorCharacteristics()
        if let threads = structure.word(0x30), threads != 0 { add("Thread Enabled", "\(threads)") }
        addString("Socket Type", at: 0x32)
    }

    /// Family code: one byte, or the word behind it when the byte says FEh (7.5.2).
    static func processorFamily(of structure: SMBIOSStructure) -> UInt16? {
        guard let family = structure.byte(0x06) else { return nil }
        return family == 0xfe ? structure.word(0x28) ?? 0xfe : UInt16(family)
    }

    private mutating func addFamily() {
        guard let family = Self.processorFamily(of: structure) else { return }
        // BEh was given out twice (7.5.2, note): the maker decides.
        guard family == 0xbe, let number = structure.byte(0x07), number > 0,
            Int(number) <= structure.strings.count
        else { return addCode("Family", family, .processorFamily) }
        let maker = structure.strings[Int(number) - 1].uppercased()
        if maker.contains("INTEL") { return add("Family", "Core 2") }
        if maker.contains("AMD") { return add("Family", "K7") }
        addCode("Family", family, .processorFamily)
    }

    private mutating func addProcessorVoltage() {
        guard let code = structure.byte(0x11) else { return }
        if code & 0x80 != 0 { return add("Voltage", SMBIOSQuantity.decimal(Int(code & 0x7f), digits: 1) + " V") }
        let modes = SMBIOSFlags(["5.0 V", "3.3 V", "2.9 V"]).names(in: UInt64(code))
        add("Voltage", modes.isEmpty ? nil : modes.joined(separator: " "))
    }

    private mutating func addSpeed(_ name: String, at offset: Int) {
        guard let megahertz = structure.word(offset) else { return }
        add(name, megahertz == 0 ? nil : "\(megahertz) MHz")
    }

    private mutating func addProcessorStatus() {
        guard let status = structure.byte(0x18) else { return }
        guard status & 0x40 != 0 else { return add("Status", Self.unpopulated) }
        add("Status", "Populated, " + (SMBIOSEnumeration.processorStatus[status & 7] ?? "Unknown"))
    }

    /// Value of `Status` of a socket without a processor.
    static let unpopulated = "Unpopulated"

    private mutating func addCacheHandle(_ level: Int) {
        let hasMeaning = version >= SMBIOSVersion(major: 2, minor: 3)
        let absent = hasMeaning ? "Not Provided" : "No L\(level) Cache"
        addHandle("L\(level) Cache Handle", at: 0x18 + 2 * level, absent: absent)
    }

    private mutating func addCount(_ name: String, at offset: Int, extended: Int) {
        guard let count = structure.byte(offset), count != 0 else { return }
        // FFh means that there are 255 or more and that the word has the number (7.5.6).
        add(name, "\(count == 0xff ? structure.word(extended) ?? 0xff : UInt16(count))")
    }

    private mutating func addProcessorCharacteristics() {
        guard let bits = structure.word(0x26) else { return }
        let items = Self.characteristics.names(in: UInt64(bits))
        add("Characteristics", items.isEmpty ? "None" : nil, items: items)
    }
}
