internal import AssayBytes

extension SMBIOSRecord {
    private static let characteristics = SMBIOSFlags(
        from: 4,
        [
            "ISA is supported", "MCA is supported", "EISA is supported", "PCI is supported",
            "PC Card (PCMCIA) is supported", "PNP is supported", "APM is supported", "BIOS is upgradeable",
            "BIOS shadowing is allowed", "VLB is supported", "ESCD support is available", "Boot from CD is supported",
            "Selectable boot is supported", "BIOS ROM is socketed", "Boot from PC Card (PCMCIA) is supported",
            "EDD is supported", "Japanese floppy for NEC 9800 1.2 MB is supported (int 13h)",
            "Japanese floppy for Toshiba 1.2 MB is supported (int 13h)",
            "5.25\"/360 kB floppy services are supported (int 13h)",
            "5.25\"/1.2 MB floppy services are supported (int 13h)",
            "3.5\"/720 kB floppy services are supported (int 13h)",
            "3.5\"/2.88 MB floppy services are supported (int 13h)", "Print screen service is supported (int 5h)",
            "8042 keyboard services are supported (int 9h)", "Serial services are supported (int 14h)",
            "Printer services are supported (int 17h)", "CGA/mono video services are supported (int 10h)",
            "NEC PC-98",
        ])
    private static let extension1 = SMBIOSFlags([
        "ACPI is supported", "USB legacy is supported", "AGP is supported", "I2O boot is supported",
        "LS-120 boot is supported", "ATAPI Zip drive boot is supported", "IEEE 1394 boot is supported",
        "Smart battery is supported",
    ])
    private static let extension2 = SMBIOSFlags([
        "BIOS boot specification is supported", "Function key-initiated network boot is supported",
        "Targeted content distribution is supported", "UEFI is supported", Self.virtualMachine,
        "Manufacturing mode is supported", "Manufacturing mode is enabled",
    ])
    /// Item of `Characteristics` that a hypervisor's firmware sets (7.1.2.2, bit 4).
    static let virtualMachine = "System is a virtual machine"

    /// BIOS Information (7.1).
    mutating func decodeFirmware() {
        addString("Vendor", at: 0x04)
        addString("Version", at: 0x05)
        addString("Release Date", at: 0x08)
        if let segment = structure.word(0x06), segment != 0 {
            add("Address", "0x" + Hex.string(segment).uppercased() + "0")
            let size = (0x10000 - UInt64(segment)) << 4
            addSize(
                "Runtime Size", byteCount: size,
                words: size.isMultiple(of: 1024) ? "\(size >> 10) kB" : "\(size) bytes")
        }
        addROMSize()
        addFirmwareCharacteristics()
        addRelease("BIOS Revision", at: 0x14)
        addRelease("Firmware Revision", at: 0x16)
    }

    private mutating func addROMSize() {
        guard let blocks = structure.byte(0x09) else { return }
        guard blocks == 0xff else {
            return addSize("ROM Size", byteCount: (UInt64(blocks) + 1) << 16)
        }
        // Before 3.1 there is no extended size, and FFh is 16 MB.
        let extended = structure.word(0x18) ?? 16
        let count = UInt64(extended & 0x3fff)
        switch extended >> 14 {
        case 0: addSize("ROM Size", byteCount: count << 20, words: "\(count) MB")
        case 1: addSize("ROM Size", byteCount: count << 30, words: "\(count) GB")
        default: add("ROM Size", nil)
        }
    }

    private mutating func addFirmwareCharacteristics() {
        guard let bits = structure.qword(0x0a) else { return }
        let isUnsupported = bits >> 3 & 1 == 1
        var items = isUnsupported ? ["BIOS characteristics not supported"] : Self.characteristics.names(in: bits)
        items += Self.extension1.names(in: UInt64(structure.byte(0x12) ?? 0))
        items += Self.extension2.names(in: UInt64(structure.byte(0x13) ?? 0))
        add("Characteristics", items: items)
    }

    private mutating func addRelease(_ name: String, at offset: Int) {
        guard let major = structure.byte(offset), let minor = structure.byte(offset + 1) else { return }
        if major != 0xff, minor != 0xff { add(name, "\(major).\(minor)") }
    }

    /// Firmware Inventory Information (7.46).
    mutating func decodeFirmwareInventory() {
        addString("Firmware Component Name", at: 0x04)
        addString("Firmware Version", at: 0x05)
        addString("Firmware ID", at: 0x07)
        addString("Release Date", at: 0x09)
        addString("Manufacturer", at: 0x0a)
        addString("Lowest Supported Firmware Version", at: 0x0b)
        if let size = structure.qword(0x0c) { addSize("Image Size", byteCount: size == .max ? nil : size) }
        if let bits = structure.word(0x14) {
            let answers = [("Updatable", bits & 1), ("Write-Protect", bits >> 1 & 1)]
            add("Characteristics", items: answers.map { "\($0): \($1 == 1 ? "Yes" : "No")" })
        }
        addEnumeration("State", at: 0x16, .firmwareState)
        if let count = structure.byte(0x17) {
            let handles = (0..<Int(count)).compactMap { structure.word(0x18 + 2 * $0) }
            add("Associated Components", "\(count)", items: handles.map(Self.handleText))
        }
    }

    /// OEM Strings (7.12).
    mutating func decodeOEMStrings() {
        guard let count = structure.byte(0x04), count > 0 else { return }
        for number in 1...count { add("String \(number)", string(number, field: "String \(number)")) }
    }

    /// BIOS Language Information (7.14).
    mutating func decodeLanguage() {
        guard let count = structure.byte(0x04), let flags = structure.byte(0x05) else { return }
        add("Language Description Format", flags & 1 == 1 ? "Abbreviated" : "Long")
        var languages: [String] = []
        for number in 0..<count {
            if let language = string(number + 1, field: "Installable Languages") { languages.append(language) }
        }
        add("Installable Languages", "\(count)", items: languages)
        addString("Currently Installed Language", at: 0x15)
    }

    /// System Boot Information (7.33).
    mutating func decodeBootStatus() {
        guard let code = structure.byte(0x0a) else { return }
        switch code {
        case 128..<192: add("Status", "OEM-specific")
        case 192...: add("Status", "Product-specific")
        default: addCode("Status", UInt16(code), .bootStatus)
        }
    }
}
