internal import AssayBytes

extension SMBIOSRecord {
    private static let details = SMBIOSFlags(
        from: 1,
        [
            "Other", "Unknown", "Fast-paged", "Static Column", "Pseudo-static", "RAMBus", "Synchronous", "CMOS", "EDO",
            "Window DRAM", "Cache DRAM", "Non-Volatile", "Registered (Buffered)", "Unbuffered (Unregistered)", "LRDIMM",
        ])
    private static let operatingModes = SMBIOSFlags(
        from: 1,
        [
            "Other", "Unknown", "Volatile memory", "Byte-accessible persistent memory",
            "Block-accessible persistent memory",
        ])

    /// Physical Memory Array (7.17).
    mutating func decodeMemoryArray() {
        addEnumeration("Location", at: 0x04, .memoryArrayLocation)
        addEnumeration("Use", at: 0x05, .memoryArrayUse)
        addEnumeration("Error Correction Type", at: 0x06, .memoryErrorCorrection)
        if let kilobytes = structure.dword(0x07) {
            if kilobytes == 0x8000_0000 {
                addSize("Maximum Capacity", byteCount: structure.qword(0x0f))
            } else {
                addSize(
                    "Maximum Capacity", byteCount: UInt64(kilobytes) << 10,
                    words: SMBIOSQuantity.kilobytes(UInt64(kilobytes)))
            }
        }
        addErrorHandle(at: 0x0b)
        if let count = structure.word(0x0d) { add("Number Of Devices", "\(count)") }
    }

    private mutating func addErrorHandle(at offset: Int) {
        guard let handle = structure.word(offset) else { return }
        switch handle {
        case 0xfffe: add("Error Information Handle", nil)
        case 0xffff: add("Error Information Handle", "No Error")
        default: add("Error Information Handle", Self.handleText(handle))
        }
    }

    /// Memory Device (7.18).
    mutating func decodeMemoryDevice() {
        if let handle = structure.word(0x04) { add("Array Handle", Self.handleText(handle)) }
        addErrorHandle(at: 0x06)
        addWidth("Total Width", at: 0x08)
        addWidth("Data Width", at: 0x0a)
        addMemorySize()
        addEnumeration("Form Factor", at: 0x0e, .memoryFormFactor)
        if let set = structure.byte(0x0f) { add("Set", set == 0 ? "None" : set == 0xff ? nil : "\(set)") }
        addString("Locator", at: 0x10)
        addString("Bank Locator", at: 0x11)
        addEnumeration("Type", at: 0x12, .memoryType)
        if let bits = structure.word(0x13) {
            let names = Self.details.names(in: UInt64(bits))
            let text = names.isEmpty ? "None" : names.joined(separator: " ")
            add("Type Detail", text == "Unknown" ? nil : text)
        }
        addMemorySpeed("Speed", at: 0x15, extended: 0x54)
        addString("Manufacturer", at: 0x17)
        addString("Serial Number", at: 0x18)
        addString("Asset Tag", at: 0x19)
        addString("Part Number", at: 0x1a)
        if let attributes = structure.byte(0x1b) {
            add("Rank", attributes & 0xf == 0 ? nil : "\(attributes & 0xf)")
        }
        addMemorySpeed("Configured Memory Speed", at: 0x20, extended: 0x58)
        addVoltage("Minimum Voltage", at: 0x22)
        addVoltage("Maximum Voltage", at: 0x24)
        addVoltage("Configured Voltage", at: 0x26)
        addPersistentMemory()
    }

    private mutating func addPersistentMemory() {
        addEnumeration("Memory Technology", at: 0x28, .memoryTechnology)
        if let bits = structure.word(0x29) {
            let modes = Self.operatingModes.names(in: UInt64(bits)).joined(separator: " ")
            let text = modes.isEmpty || modes == "Unknown" ? nil : modes
            add("Memory Operating Mode Capability", bits & 0xfffe == 0 ? "None" : text)
        }
        addString("Firmware Version", at: 0x2b)
        addMakerCode("Module Manufacturer ID", at: 0x2c)
        addProductCode("Module Product ID", at: 0x2e)
        addMakerCode("Memory Subsystem Controller Manufacturer ID", at: 0x30)
        addProductCode("Memory Subsystem Controller Product ID", at: 0x32)
        addRegionSize("Non-Volatile Size", at: 0x34)
        addRegionSize("Volatile Size", at: 0x3c)
        addRegionSize("Cache Size", at: 0x44)
        addRegionSize("Logical Size", at: 0x4c)
        addMakerCode("PMIC0 Manufacturer ID", at: 0x5c)
        addRevisionCode("PMIC0 Revision Number", at: 0x5e)
        addMakerCode("RCD Manufacturer ID", at: 0x60)
        addRevisionCode("RCD Revision Number", at: 0x62)
    }

    private mutating func addWidth(_ name: String, at offset: Int) {
        guard let bits = structure.word(offset) else { return }
        add(name, bits == 0 || bits == 0xffff ? nil : "\(bits) bits")
    }

    /// Value of `Size` of a socket without a module.
    static let noModule = "No Module Installed"

    /// Size in megabytes or, with the top bit, kilobytes; 7FFFh refers to the extended size in megabytes (7.18.5).
    private mutating func addMemorySize() {
        guard let size = structure.word(0x0c) else { return }
        switch size {
        case 0: addSize("Size", byteCount: 0, words: Self.noModule)
        case 0xffff: addSize("Size", byteCount: nil)
        case 0x7fff where structure.dword(0x1c) != nil:
            let megabytes = UInt64((structure.dword(0x1c) ?? 0) & 0x7fff_ffff)
            addSize("Size", byteCount: megabytes << 20, words: Self.extendedSize(megabytes))
        default:
            let kilobytes = UInt64(size & 0x7fff) << (size & 0x8000 == 0 ? 10 : 0)
            addSize("Size", byteCount: kilobytes << 10, words: SMBIOSQuantity.kilobytes(kilobytes))
        }
    }

    /// The greatest unit that shows the size as a whole number.
    private static func extendedSize(_ megabytes: UInt64) -> String {
        if megabytes & 0x3ff != 0 { return "\(megabytes) MB" }
        if megabytes & 0xffc00 != 0 { return "\(megabytes >> 10) GB" }
        return "\(megabytes >> 20) TB"
    }

    /// Speed in megatransfers; FFFFh refers to the extended speed (7.18.4).
    private mutating func addMemorySpeed(_ name: String, at offset: Int, extended: Int) {
        guard let speed = structure.word(offset) else { return }
        let value = speed == 0xffff ? (structure.dword(extended) ?? 0) & 0x7fff_ffff : UInt32(speed)
        add(name, value == 0 ? nil : "\(value) MT/s")
    }

    private mutating func addVoltage(_ name: String, at offset: Int) {
        guard let millivolts = structure.word(offset) else { return }
        add(name, millivolts == 0 ? nil : SMBIOSQuantity.volts(millivolts))
    }

    /// A JEP106 code: bank count with parity below, maker above (7.18.8).
    private mutating func addMakerCode(_ name: String, at offset: Int) {
        guard let code = structure.word(offset) else { return }
        add(name, code == 0 ? nil : "Bank \((code & 0x7f) + 1), Hex 0x\(Hex.string(UInt8(code >> 8)).uppercased())")
    }

    private mutating func addProductCode(_ name: String, at offset: Int) {
        guard let code = structure.word(offset) else { return }
        add(name, code == 0 ? nil : Self.handleText(code))
    }

    /// A revision as SPD spells it (7.18.15): FF00h is unknown.
    private mutating func addRevisionCode(_ name: String, at offset: Int) {
        guard let code = structure.word(offset) else { return }
        add(name, code == 0xff00 ? nil : Self.handleText(code))
    }

    private mutating func addRegionSize(_ name: String, at offset: Int) {
        guard let size = structure.qword(offset) else { return }
        addSize(name, byteCount: size == .max ? nil : size, words: size == 0 ? "None" : nil)
    }

    /// Memory Array Mapped Address (7.20).
    mutating func decodeMemoryRange() {
        if let range = memoryRange() {
            add("Starting Address", Self.address(range.start, digits: range.digits))
            add("Ending Address", Self.address(range.end, digits: range.digits))
            if range.end < range.start {
                add("Range Size", "Invalid")
            } else {
                addSize("Range Size", byteCount: range.end - range.start &+ 1)
            }
        }
        if let handle = structure.word(0x0c) { add("Physical Array Handle", Self.handleText(handle)) }
        addNumber("Partition Width", at: 0x0e)
    }

    /// First and last byte; the quad words count when the double words are all ones.
    private func memoryRange() -> (start: UInt64, end: UInt64, digits: Int)? {
        guard let start = structure.dword(0x04), let end = structure.dword(0x08) else { return nil }
        if start == .max, let start = structure.qword(0x0f), let end = structure.qword(0x17) {
            return (start, end, 16)
        }
        return (UInt64(start) << 10, UInt64(end) << 10 | 0x3ff, 11)
    }

    private static func address(_ value: UInt64, digits: Int) -> String {
        "0x" + Hex.string(value).uppercased().suffix(digits)
    }
}
