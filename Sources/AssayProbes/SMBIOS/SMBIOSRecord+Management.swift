internal import AssayBytes

extension SMBIOSRecord {
    private static let tpmCharacteristics = SMBIOSFlags(
        from: 3,
        [
            "Family configurable via firmware update", "Family configurable via platform software support",
            "Family configurable via OEM proprietary mechanism",
        ])
    private static let ssif: UInt8 = 4

    /// IPMI Device Information (7.39).
    mutating func decodeManagementController() {
        addEnumeration("Interface Type", at: 0x04, .managementInterface)
        if let revision = structure.byte(0x05) { add("Specification Version", "\(revision >> 4).\(revision & 0x0f)") }
        if let address = structure.byte(0x06) { add("I2C Slave Address", "0x" + Hex.string(address >> 1)) }
        if let address = structure.byte(0x07) {
            address == 0xff ? add("NV Storage Device", "Not Present") : addNumber("NV Storage Device Address", at: 0x07)
        }
        addBaseAddress()
        guard let modifier = structure.byte(0x10), let interrupt = structure.byte(0x11) else { return }
        if structure.byte(0x04) != Self.ssif {
            addCode("Register Spacing", UInt16(modifier >> 6), .registerSpacing)
            if modifier & 0x08 != 0 {
                add("Interrupt Polarity", modifier & 0x02 != 0 ? "Active High" : "Active Low")
                add("Interrupt Trigger Mode", modifier & 0x01 != 0 ? "Level" : "Edge")
            }
        }
        if interrupt != 0 { add("Interrupt Number", "\(interrupt)") }
    }

    /// Bit 0 tells port from memory, or an SMBus address is in the upper bits; the modifier has the real bit 0 (7.39.3).
    private mutating func addBaseAddress() {
        guard let type = structure.byte(0x04), let base = structure.qword(0x08) else { return }
        if type == Self.ssif {
            let address = UInt8(truncatingIfNeeded: base) >> 1
            return add("Base Address", "0x\(Hex.string(address).uppercased()) (SMBus)")
        }
        let address = base & ~1 | UInt64((structure.byte(0x10) ?? 0) >> 4 & 1)
        add("Base Address", "0x\(Hex.string(address).uppercased()) (\(base & 1 == 1 ? "I/O" : "Memory-mapped"))")
    }

    /// TPM Device (7.44).
    mutating func decodeTPM() {
        guard structure.formatted.count >= 0x0a else { return }
        let vendor = DeviceText.normalize(DeviceText.decode(structure.formatted[0x04..<0x08]))
        add("Vendor ID", vendor)
        add("Specification Version", "\(structure.formatted[0x08]).\(structure.formatted[0x09])")
        addFirmwareRevision(major: structure.formatted[0x08])
        addString("Description", at: 0x12)
        if let bits = structure.qword(0x13) {
            let isUnsupported = bits >> 2 & 1 == 1
            let items =
                isUnsupported
                ? ["TPM Device characteristics not supported"] : Self.tpmCharacteristics.names(in: bits)
            add("Characteristics", items: items)
        }
        addVendorInformation(at: 0x1b)
    }

    /// TPM 1.2 packs the revision as `TPM_VERSION`, TPM 2.0 as two words (7.44, offset 0Ah).
    private mutating func addFirmwareRevision(major: UInt8) {
        switch major {
        case 1:
            guard let high = structure.byte(0x0c), let low = structure.byte(0x0d) else { return }
            add("Firmware Revision", "\(high).\(low)")
        case 2:
            guard let revision = structure.dword(0x0a) else { return }
            add("Firmware Revision", "\(revision >> 16).\(revision & 0xffff)")
        default: break
        }
    }
}
