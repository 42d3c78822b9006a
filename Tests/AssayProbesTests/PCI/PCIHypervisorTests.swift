import Testing

@testable import AssayProbes

@Suite struct PCIHypervisorTests {
    @Test(
        arguments: [
            ("1af4", "1041", "1af4", true), ("8086", "1237", "1af4", true), ("8086", "0d57", nil, true),
            ("1d0f", "8061", "1d0f", true), ("15b3", "1007", "1ae0", false), ("8086", "1521", "15d9", false),
            (nil, nil, nil, false),
        ] as [(String?, String?, String?, Bool)])
    func knowsIDs(_ vendor: String?, _ device: String?, _ subsystemVendor: String?, _ isKnown: Bool) {
        #expect(
            PCIHypervisor.isKnown(vendor: vendor, device: device, subsystemVendor: subsystemVendor) == isKnown)
    }
}
