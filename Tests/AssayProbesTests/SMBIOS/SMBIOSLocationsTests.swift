import Testing

@testable import AssayProbes

@Suite("SMBIOS locations")
struct SMBIOSLocationsTests {
    private func dimm(_ locator: String?, _ bank: String?) -> SMBIOSLocations.Request {
        .init(
            place: .labelled("dimm", by: ["Locator"], within: "Bank Locator"),
            attributes: [
                SMBIOSAttribute(name: "Locator", value: locator), SMBIOSAttribute(name: "Bank Locator", value: bank),
            ])
    }

    private func assign(_ requests: SMBIOSLocations.Request...) -> [String] {
        var locations = SMBIOSLocations()
        return locations.assign(requests)
    }

    @Test func namesTheSocket() { #expect(assign(dimm(" DIMM_A1 ", "BANK 0")) == ["dimm/DIMM_A1"]) }

    @Test("a second field goes first where names repeat") func within() {
        #expect(
            assign(dimm("DIMM 0", "CPU 0"), dimm("DIMM 0", "CPU 1"), dimm("DIMM 1", "CPU 1"))
                == ["dimm/CPU 0/DIMM 0", "dimm/CPU 1/DIMM 0", "dimm/DIMM 1"])
    }

    @Test("a number follows where that does not help") func numbers() {
        #expect(
            assign(dimm("A", "B"), dimm("A", "B"), dimm("A", nil), dimm("A#2", "C"))
                == ["dimm/A", "dimm/A#2", "dimm/A#3", "dimm/A#2#2"])
    }

    @Test("nameless parts are counted") func nameless() {
        #expect(assign(dimm(nil, nil), dimm("", "x"), dimm("A", nil)) == ["dimm/0", "dimm/1", "dimm/A"])
    }

    @Test("a slash in a name does not make a path") func slash() {
        #expect(assign(dimm("J1/J2", nil)) == ["dimm/J1-J2"])
    }
}
