internal import AssayBytes

/// A structure read field by field as its type demands (DSP0134, 7).
package struct SMBIOSRecord: Sendable, Hashable {
    /// The structure as it stands in the table.
    package let structure: SMBIOSStructure
    /// Version that decides between readings of a field.
    package let version: SMBIOSVersion
    /// The fields in the order of the standard; empty for types that are not decoded.
    package private(set) var attributes: [SMBIOSAttribute] = []
    /// Fields whose string number is past the end of the string set.
    package private(set) var badStrings: [String] = []

    /// Decodes `structure`.
    package init(_ structure: SMBIOSStructure, version: SMBIOSVersion) {
        self.structure = structure
        self.version = version
        decode()
    }

    /// Value of the field called `name`.
    package subscript(name: String) -> String? { attribute(name)?.value }

    /// The field called `name`.
    package func attribute(_ name: String) -> SMBIOSAttribute? { attributes.first { $0.name == name } }

    private mutating func decode() {
        switch structure.type {
        case 0: decodeFirmware()
        case 1: decodeSystem()
        case 2: decodeBaseBoard()
        case 3: decodeChassis()
        case 4: decodeProcessor()
        case 7: decodeCache()
        case 8: decodePort()
        case 9: decodeSlot()
        case 11: decodeOEMStrings()
        case 13: decodeLanguage()
        case 16: decodeMemoryArray()
        case 17: decodeMemoryDevice()
        case 19: decodeMemoryRange()
        case 22: decodeBattery()
        case 27: decodeCoolingDevice()
        case 28: decodeTemperatureProbe()
        case 32: decodeBootStatus()
        case 38: decodeManagementController()
        case 39: decodePowerSupply()
        case 41: decodeOnboardDevice()
        case 43: decodeTPM()
        case 45: decodeFirmwareInventory()
        default: break
        }
    }
}

// What the decoders of the types are written with. A field that lies behind the end of the structure is left out.
extension SMBIOSRecord {
    /// Adds a value that is already in words.
    mutating func add(_ name: String, _ value: String?) {
        attributes.append(SMBIOSAttribute(name: name, value: value))
    }

    /// Adds a list.
    mutating func add(_ name: String, _ value: String? = nil, items: [String]) {
        attributes.append(SMBIOSAttribute(name: name, value: value, items: items))
    }

    /// Adds a size; nil is unknown.
    mutating func addSize(_ name: String, byteCount: UInt64?, words: String? = nil) {
        let text = byteCount.map { words ?? SMBIOSQuantity.size($0) }
        attributes.append(SMBIOSAttribute(name: name, value: text, byteCount: byteCount))
    }

    /// Adds the string that the byte at `offset` numbers.
    mutating func addString(_ name: String, at offset: Int) {
        guard let number = structure.byte(offset) else { return }
        add(name, string(number, field: name))
    }

    /// The string with that number; nil for number 0 and, noted under `field`, for one past the end.
    mutating func string(_ number: UInt8, field: String) -> String? {
        guard number > 0 else { return nil }
        guard Int(number) <= structure.strings.count else {
            badStrings.append(field)
            return nil
        }
        return structure.strings[Int(number) - 1]
    }

    /// Adds the name of the code in the byte at `offset`, shifted right and masked.
    mutating func addEnumeration(
        _ name: String, at offset: Int, _ names: SMBIOSEnumeration, shift: UInt8 = 0, mask: UInt8 = 0xff
    ) {
        guard let byte = structure.byte(offset) else { return }
        addCode(name, UInt16(byte >> shift & mask), names)
    }

    /// Adds the name of `code`.
    mutating func addCode(_ name: String, _ code: UInt16, _ names: SMBIOSEnumeration) {
        let text = names[code]
        attributes.append(
            SMBIOSAttribute(name: name, value: text == "Unknown" ? nil : text, code: text == nil ? code : nil))
    }

    /// Adds the handle at `offset`; `absent` says what FFFFh means, nil that the field is then left out.
    mutating func addHandle(_ name: String, at offset: Int, absent: String? = nil) {
        guard let handle = structure.word(offset) else { return }
        if handle == 0xffff {
            if let absent { add(name, absent) }
            return
        }
        add(name, Self.handleText(handle))
    }

    /// Adds a one-byte number.
    mutating func addNumber(_ name: String, at offset: Int, unit: String = "") {
        guard let value = structure.byte(offset) else { return }
        add(name, "\(value)\(unit)")
    }

    /// Adds a PCI address from segment, bus and device/function at `offset`, unless all are FFh.
    mutating func addBusAddress(at offset: Int) {
        guard let segment = structure.word(offset), let bus = structure.byte(offset + 2),
            let function = structure.byte(offset + 3)
        else { return }
        if segment == 0xffff, bus == 0xff, function == 0xff { return }
        add("Bus Address", Self.busAddress(segment: segment, bus: bus, function: function))
    }

    /// Adds the vendor's own double word at `offset`.
    mutating func addVendorInformation(_ name: String = "OEM-specific Information", at offset: Int) {
        guard let value = structure.dword(offset) else { return }
        add(name, "0x" + Hex.string(value).uppercased())
    }

    /// `0000:03:00.1`, as sysfs names PCI functions.
    static func busAddress(segment: UInt16, bus: UInt8, function: UInt8) -> String {
        "\(Hex.string(segment)):\(Hex.string(bus)):\(Hex.string(function >> 3)).\(function & 7)"
    }

    /// `0x002A`.
    static func handleText(_ handle: UInt16) -> String { "0x" + Hex.string(handle).uppercased() }
}
