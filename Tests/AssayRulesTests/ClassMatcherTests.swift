import AssayModel
import Testing

@testable import AssayRules

@Suite struct ClassMatcherTests {
    private func differences(_ profile: HardwareProfile, _ record: AsBuiltRecord?, _ found: [Component]) -> [String] {
        Reconciliation(profile: profile, record: record).run(Parts.inventory(found)).outcomes.differences
    }

    @Test("A module that moved to the next socket is matched; the stranger is paired with the part it replaced")
    func implantBesideAMovedPart() {
        let built = ["A": "S-1001", "B": "S-1002"].sorted { $0.key < $1.key }.map { slot, serial in
            BuiltComponent(.memory, at: "dimm/\(slot)", part: PartDescription(serial: serial))
        }
        let profile = Parts.profile([Parts.expectedMemory(slot: "A"), Parts.expectedMemory(slot: "B")])
        let found = [Parts.memory("A", "S-1002"), Parts.memory("B", "S-6666")]
        let result = Reconciliation(profile: profile, record: Parts.record(built)).run(Parts.inventory(found)).outcomes
        #expect(result.differences == ["mismatched memory dimm/B"])
        #expect(result[0].fields.first?.expected == "S-1001")
        #expect(result[0].fields.first?.observed == "S-6666")
    }

    @Test("An added part does not stand for a removed one of another kind")
    func noFalseSwap() {
        let profile = Parts.profile([
            Parts.expectedPCI("0000:03:00.0"), ExpectedComponent(.usb, slot: "usb/1-2", part: keyboard),
        ])
        let found = [Parts.pci("0000:05:00.0", "1b21", "1142"), Parts.usb("1-4", "0781", "5567")]
        #expect(
            differences(profile, nil, found) == [
                "missing pci pci/0000:03:00.0", "unexpected pci pci/0000:05:00.0", "missing usb usb/1-2",
                "unexpected usb usb/1-4",
            ])
        let placeless = Parts.profile([ExpectedComponent(.usb, part: keyboard)])
        #expect(differences(placeless, nil, [found[1]]) == ["missing usb -", "unexpected usb usb/1-4"])
    }

    private var keyboard: PartDescription { PartDescription(ids: ["vendor": "046d", "device": "c31c"]) }

    @Test("A required part is served before an optional one")
    func requiredFirst() {
        var optional = Parts.expectedMemory()
        optional.optional = true
        let profile = Parts.profile([optional, Parts.expectedMemory()])
        #expect(differences(profile, nil, [Parts.memory("A")]) == [])
    }

    @Test("300 lines against 300 parts in reverse order, no place stated, one swapped")
    func largeInput() {
        let lines = (0..<300).map { Parts.expectedMemory(part: "P-\($0)") }
        var found = (0..<300).reversed().map { Parts.memory("S\($0)", part: "P-\($0)") }
        found[7] = Parts.memory("S292", part: "FOREIGN")
        #expect(differences(Parts.profile(lines), nil, found) == ["mismatched memory dimm/S292"])
    }

    @Test("Above the limit nothing is lost and nothing is used twice")
    func overLimit() {
        let count = ClassMatcher.assignmentLimit + 40
        let lines = (0..<count).map { Parts.expectedPCI("0000:\($0)", "8086", "1") }
        let found = (1...count).map { Parts.pci("0000:\($0)", $0 == 5 ? "dead" : "8086", $0 == 5 ? "beef" : "1") }
        let result = Reconciliation(profile: Parts.profile(lines)).run(Parts.inventory(found)).outcomes
        #expect(result.count { $0.kind == .mismatched } == 1)
        #expect(result.count { $0.kind == .matched } == count - 1)
        #expect(result.count == count)
    }

    @Test("Parts with one serial are told apart by the rest, also where the second one fits")
    func sharedSerial() {
        let built = ["A1", "B2"].map {
            BuiltComponent(.storage, part: PartDescription(model: $0, serial: "SN-1"))
        }
        let found = ["B2", "A1"].map { Parts.drive("sd\($0)", model: $0, firmware: nil, serial: "SN-1") }
        let outcomes = Reconciliation(profile: nil, record: Parts.record(built)).run(Parts.inventory(found)).outcomes
        #expect(outcomes.filter { $0.kind == .matched }.count == 2)
        #expect(outcomes.filter { $0.kind == .matched }.allSatisfy { $0.expected == $0.observed })
    }
}
