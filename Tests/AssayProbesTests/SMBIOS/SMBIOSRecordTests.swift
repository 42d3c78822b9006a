import Testing

@testable import AssayProbes

@Suite("SMBIOS records")
struct SMBIOSRecordTests {
    private func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] { SMBIOSFixture.little(value) }

    @Test("reads a UUID in the byte order of the version (7.2.1)") func uuid() throws {
        let bytes = (1...16).map(UInt8.init)
        let new = try SMBIOSFixture.record(1, length: 0x1b, [8: bytes])
        #expect(new["UUID"] == "04030201-0605-0807-090a-0b0c0d0e0f10")
        let old = try SMBIOSFixture.record(1, length: 0x1b, [8: bytes], version: SMBIOSVersion(major: 2, minor: 5))
        #expect(old["UUID"] == "01020304-0506-0708-090a-0b0c0d0e0f10")
        let none = try SMBIOSFixture.record(1, length: 0x1b, [8: [UInt8](repeating: 0xff, count: 16)])
        #expect(none["UUID"] == "Not Present")
        #expect(try SMBIOSFixture.record(1, length: 0x1b, [:])["UUID"] == "Not Settable")
    }

    @Test("notes a string number past the end once for each field") func badString() throws {
        let record = try SMBIOSFixture.record(2, length: 0x0f, [4: [1, 9, 0, 3]], strings: ["Maker"])
        #expect(record["Manufacturer"] == "Maker")
        #expect(record["Product Name"] == nil)
        #expect(record["Version"] == nil)
        #expect(record.badStrings == ["Product Name", "Serial Number"])
    }

    @Test("leaves out what a short structure does not have") func short() throws {
        let record = try SMBIOSFixture.record(17, length: 0x15, [0x0c: little(UInt16(0x2000))])
        #expect(record["Size"] == "8 GB")
        #expect(record.attribute("Manufacturer") == nil)
        #expect(record.attribute("Speed") == nil)
    }

    static let memorySizes: [(UInt16, UInt32, UInt64?, String?)] = [
        (0, 0, 0, "No Module Installed"),
        (0xffff, 0, nil, nil),
        (0x4000, 0, 0x4_0000_0000, "16 GB"),
        (0x8200, 0, 0x8_0000, "512 kB"),
        (0x7fff, 0x8000, 0x8_0000_0000, "32 GB"),
        (0x7fff, 0x10_0000, 0x100_0000_0000, "1 TB"),
        (0x7fff, 0x7fff, 0x7_fff0_0000, "32767 MB"),
    ]

    @Test("reads every form of a memory size (7.18.5)", arguments: memorySizes)
    func memorySize(_ size: UInt16, _ extended: UInt32, _ byteCount: UInt64?, _ words: String?) throws {
        let record = try SMBIOSFixture.record(17, length: 0x28, [0x0c: little(size), 0x1c: little(extended)])
        #expect(record.attribute("Size")?.byteCount == byteCount)
        #expect(record["Size"] == words)
    }

    @Test("reads speeds, voltages and maker codes of a memory device") func memoryDevice() throws {
        let record = try SMBIOSFixture.record(
            17, length: 0x64,
            [
                0x0c: [0, 0x40], 0x12: [0x22], 0x13: little(UInt16(0x2080)), 0x15: little(UInt16(4800)),
                0x1b: [2], 0x20: [0xff, 0xff], 0x26: little(UInt16(1100)), 0x28: [3], 0x29: [8, 0],
                0x2c: [0x80, 0x2c], 0x34: little(UInt64.max), 0x3c: little(UInt64(0x4_0000_0000)),
                0x58: little(UInt32(70000)), 0x5c: [0x80, 0xad], 0x5e: [0x12, 0x00],
            ])
        #expect(record["Type"] == "DDR5")
        #expect(record["Type Detail"] == "Synchronous Registered (Buffered)")
        #expect(record["Speed"] == "4800 MT/s")
        #expect(record["Configured Memory Speed"] == "70000 MT/s")
        #expect(record["Rank"] == "2")
        #expect(record["Configured Voltage"] == "1.1 V")
        #expect(record["Minimum Voltage"] == nil)
        #expect(record["Memory Technology"] == "DRAM")
        #expect(record["Module Manufacturer ID"] == "Bank 1, Hex 0x2C")
        #expect(record["Non-Volatile Size"] == nil)
        #expect(record["Volatile Size"] == "16 GB")
        #expect(record["PMIC0 Manufacturer ID"] == "Bank 1, Hex 0xAD")
    }

    @Test("reads extended family and counts of a processor") func processor() throws {
        let record = try SMBIOSFixture.record(
            4, length: 0x30,
            [
                0x04: [1, 3, 0xfe, 2], 0x08: [0x10, 0xd0, 0x0f, 0x41], 0x11: [0x8c], 0x14: little(UInt16(3400)),
                0x18: [0x41, 0x37], 0x1a: [0xff, 0xff, 0x20, 0], 0x23: [0xff, 0xff, 0xff],
                0x26: little(UInt16(0xfc)), 0x28: little(UInt16(0x101)), 0x2a: little(UInt16(256)),
                0x2c: little(UInt16(192)), 0x2e: little(UInt16(512)),
            ], strings: ["SOC", "Ampere"])
        #expect(record["Family"] == "ARMv8")
        #expect(record["ID"] == "10 D0 0F 41 00 00 00 00")
        #expect(record["Signature"] == "Implementor 0x41, Variant 0x0, Architecture 15, Part 0xd01, Revision 0")
        #expect(record["Voltage"] == "1.2 V")
        #expect(record["Status"] == "Populated, Enabled")
        #expect(record["Upgrade"] == "Socket SP3")
        #expect(record["L1 Cache Handle"] == "Not Provided")
        #expect(record["L2 Cache Handle"] == "0x0020")
        #expect(record["Core Count"] == "256")
        #expect(record["Core Enabled"] == "192")
        #expect(record["Thread Count"] == "512")
        #expect(record.attribute("Characteristics")?.items.last == "Power/Performance Control")
        #expect(record["External Clock"] == nil)
    }

    @Test("keeps the number of a code without a name") func unknownCode() throws {
        let record = try SMBIOSFixture.record(4, length: 0x20, [0x19: [0xf0]])
        #expect(record["Upgrade"] == nil)
        #expect(record.attribute("Upgrade")?.code == 0xf0)
    }

    static let cacheSizes: [(UInt16, UInt32?, String)] = [
        (0x0020, nil, "32 kB"), (0x8100, nil, "16 MB"), (0xffff, 0x8000_1000, "256 MB"), (0, 0, "0 kB"),
    ]

    @Test("reads both forms of a cache size (7.8.1)", arguments: cacheSizes)
    func cacheSize(_ size: UInt16, _ extended: UInt32?, _ words: String) throws {
        var fields = [9: little(size)]
        if let extended { fields[0x17] = little(extended) }
        let record = try SMBIOSFixture.record(7, length: extended == nil ? 0x13 : 0x1b, fields)
        #expect(record["Installed Size"] == words)
    }

    @Test("reads the ROM size of more than 16 MB (7.1)") func romSize() throws {
        let large = try SMBIOSFixture.record(0, length: 0x1a, [9: [0xff], 0x18: little(UInt16(32))])
        #expect(large.attribute("ROM Size")?.byteCount == 32 << 20)
        let gigabytes = try SMBIOSFixture.record(0, length: 0x1a, [9: [0xff], 0x18: little(UInt16(0x4002))])
        #expect(gigabytes["ROM Size"] == "2 GB")
        #expect(try SMBIOSFixture.record(0, length: 0x18, [9: [0x0f]])["ROM Size"] == "1 MB")
        #expect(try SMBIOSFixture.record(0, length: 0x18, [9: [0xff]])["ROM Size"] == "16 MB")
    }

    @Test("reads a slot with peers behind which more fields follow (7.10)") func slot() throws {
        let record = try SMBIOSFixture.record(
            9, length: 0x21,
            [
                0x04: [1, 0xb6, 0x0d, 4, 4, 7], 0x0b: [0x0c, 2], 0x0d: [0, 0, 0x65, 0x08], 0x11: [16, 1],
                0x13: [0, 0, 0x66, 0, 8], 0x18: [3, 0x0d], 0x1a: little(UInt16(254)), 0x1c: [3],
            ], strings: ["PCIE_1"])
        #expect(record["Type"] == "x16 PCI Express 3 x16")
        #expect(record["ID"] == "7")
        #expect(record["Bus Address"] == "0000:65:01.0")
        #expect(record["Peer Device 1"] == "0000:66:00.0 (Width 8)")
        #expect(record["PCI Express Generation"] == "3")
        #expect(record["Pitch"] == "2.54 mm")
        #expect(record["Height"] == "Full height")
    }

    @Test("reads a TPM of each major version (7.44)") func tpm() throws {
        let new = try SMBIOSFixture.record(
            43, length: 0x1f, [4: Array("IFX".utf8) + [0, 2, 0], 0x0a: little(UInt32(0x7_0055)), 0x13: [0x10]])
        #expect(new["Vendor ID"] == "IFX")
        #expect(new["Specification Version"] == "2.0")
        #expect(new["Firmware Revision"] == "7.85")
        #expect(new.attribute("Characteristics")?.items == ["Family configurable via platform software support"])
        let old = try SMBIOSFixture.record(43, length: 0x1f, [4: [0x49, 0, 0, 0, 1, 2, 1, 2, 8, 5]])
        #expect(old["Firmware Revision"] == "8.5")
    }

    @Test("reads a smart battery's numbers in place of its strings (7.23)") func battery() throws {
        let record = try SMBIOSFixture.record(
            22, length: 0x1a,
            [
                0x08: [1, 2], 0x0a: little(UInt16(5000)), 0x0c: little(UInt16(11100)), 0x0f: [5],
                0x10: little(UInt16(0x1234)), 0x12: little(UInt16(35 << 9 | 3 << 5 | 7)), 0x14: [2, 10],
            ], strings: ["DELL", "LION"])
        #expect(record["Design Capacity"] == "50000 mWh")
        #expect(record["SBDS Serial Number"] == "1234")
        #expect(record["SBDS Manufacture Date"] == "2015-03-07")
        #expect(record["SBDS Chemistry"] == "LION")
        #expect(record.attribute("Serial Number") == nil)
    }

    @Test("reads signed temperatures and unsigned accuracies (7.29)") func temperature() throws {
        let record = try SMBIOSFixture.record(
            28, length: 0x16,
            [
                0x05: [0x67], 0x06: little(Int16(1250)), 0x08: little(Int16(-55)), 0x0a: little(UInt16(0xffff)),
                0x0c: little(UInt16(0x8000)), 0x0e: little(UInt16(150)),
            ])
        #expect(record["Location"] == "Motherboard")
        #expect(record["Status"] == "OK")
        #expect(record["Maximum Value"] == "125.0 deg C")
        #expect(record["Minimum Value"] == "-5.5 deg C")
        #expect(record["Resolution"] == "65.535 deg C")
        #expect(record["Tolerance"] == nil)
        #expect(record["Accuracy"] == "1.50%")
    }

    @Test("reads a BMC's address by its interface (7.39.3)") func managementController() throws {
        let port = try SMBIOSFixture.record(
            38, length: 0x12, [4: [1, 0x20, 0x20, 0xff], 8: little(UInt64(0xca3)), 0x10: [0x1a, 5]])
        #expect(port["Base Address"] == "0x0000000000000CA3 (I/O)")
        #expect(port["NV Storage Device"] == "Not Present")
        #expect(port["Interrupt Polarity"] == "Active High")
        #expect(port["Interrupt Trigger Mode"] == "Edge")
        let bus = try SMBIOSFixture.record(38, length: 0x12, [4: [4], 8: [0x20]])
        #expect(bus["Base Address"] == "0x10 (SMBus)")
    }

    @Test("reads ranges of both widths (7.20)") func memoryRange() throws {
        let narrow = try SMBIOSFixture.record(
            19, length: 0x1f, [4: little(UInt32(0x40_0000)), 8: little(UInt32(0x7f_ffff))])
        #expect(narrow["Starting Address"] == "0x00100000000")
        #expect(narrow.attribute("Range Size")?.byteCount == 4 << 30)
        let wide = try SMBIOSFixture.record(
            19, length: 0x1f,
            [4: little(UInt32.max), 0x0f: little(UInt64(0x1000)), 0x17: little(UInt64(0x1fff))])
        #expect(wide["Range Size"] == "4 kB")
        let backwards = try SMBIOSFixture.record(19, length: 0x1f, [4: little(UInt32(9)), 8: little(UInt32(1))])
        #expect(backwards["Range Size"] == "Invalid")
    }

    @Test("does not decode the types of the vendor") func vendorType() throws {
        #expect(try SMBIOSFixture.record(221, length: 0x20, [:]).attributes.isEmpty)
        #expect(try SMBIOSFixture.record(126, length: 0x20, [:]).attributes.isEmpty)
    }
}
