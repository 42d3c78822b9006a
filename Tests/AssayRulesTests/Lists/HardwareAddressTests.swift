import Testing

@testable import AssayRules

@Suite struct HardwareAddressTests {
    @Test func reads() throws {
        let address = try #require(HardwareAddress("18:D7:93:6a:00:01"))
        #expect(address.description == "18:d7:93:6a:00:01" && !address.isLocal && !address.isGroup)
        #expect([24, 28, 36].map(address.prefix) == ["18d793", "18d7936", "18d7936a0"])
        #expect(try #require(HardwareAddress("02-00-00-00-00-01")).isLocal)
        #expect(try #require(HardwareAddress("01005e000001")).isGroup)
    }

    @Test(
        "Five bytes, signs and words are no address",
        arguments: ["", "18:d7:93:6a:00", "+8d7936a0001", "18:d7:93:6a:00:zz"])
    func refuses(_ text: String) { #expect(HardwareAddress(text) == nil) }
}
