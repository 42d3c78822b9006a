import Testing

@testable import AssayProbes

@Suite("SMBIOS quantities")
struct SMBIOSQuantityTests {
    static let sizes: [(UInt64, String)] = [
        (0, "0 bytes"), (1, "1 bytes"), (1023, "1023 bytes"), (1024, "1 kB"), (1025, "1025 bytes"),
        (0x10_0000, "1 MB"), (0x6000_0000, "1536 MB"), (0x4_0000_0000, "16 GB"), (0x100_0000_0000, "1 TB"),
        (0x100_4000_0000, "1025 GB"), (.max, "16383 PB"),
    ]

    @Test(arguments: sizes)
    func size(_ byteCount: UInt64, _ words: String) { #expect(SMBIOSQuantity.size(byteCount) == words) }

    @Test func zeroKilobytes() {
        #expect(SMBIOSQuantity.kilobytes(0) == "0 kB")
        #expect(SMBIOSQuantity.kilobytes(2048) == "2 MB")
    }

    @Test(arguments: [
        (UInt16(1200), "1.2 V"), (1000, "1.0 V"), (1350, "1.35 V"), (1225, "1.225 V"), (5, "0.005 V"),
        (65535, "65.535 V"),
    ])
    func volts(_ millivolts: UInt16, _ words: String) { #expect(SMBIOSQuantity.volts(millivolts) == words) }

    @Test(arguments: [(-5, 1, "-0.5"), (0, 2, "0.00"), (254, 2, "2.54"), (-12345, 3, "-12.345"), (7, 3, "0.007")])
    func decimal(_ value: Int, _ digits: Int, _ text: String) {
        #expect(SMBIOSQuantity.decimal(value, digits: digits) == text)
    }
}
