import Testing

@testable import AssayProbes

@Suite struct TPMIdentityTests {
    @Test func readsWhoMadeIt() {
        let identity = TPMIdentity([
            0x102: 138, 0x105: 0x4946_5800, 0x106: 0x534c_4239, 0x107: 0x3637_3000, 0x108: 0, 0x109: 0,
            0x10b: 0x0007_0055, 0x10c: 0x0011_cb02, 0x12c: 768,
        ])
        #expect(identity.manufacturer == "IFX")
        #expect(identity.vendorText == "SLB9670")
        #expect(identity.firmwareVersion == "7.85.17.51970")
        #expect(identity.libraryRevision == "1.38")
        #expect(identity.indexBuffer == 768)
    }

    @Test("what is no letter is no maker, and what is absent is nil") func unreadable() {
        let identity = TPMIdentity([0x105: 0x0102_0304, 0x102: 105, 0x10b: 1])
        #expect(identity.manufacturer == nil && identity.vendorText == nil && identity.firmwareVersion == nil)
        #expect(identity.libraryRevision == "1.05")
    }
}
