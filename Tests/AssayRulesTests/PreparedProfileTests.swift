import AssayModel
import Testing

@testable import AssayRules

@Suite struct PreparedProfileTests {
    @Test("A line stands as often as its quantity says, firmware behind the parts of its class")
    func lines() {
        var profile = Parts.profile([
            Parts.expectedMemory(quantity: 2), Parts.expectedPCI("0000:01:00.0"), Parts.expectedMemory(quantity: 0),
            Parts.expectedMemory(quantity: -1), ExpectedComponent(.firmware, slot: "fw/a"),
        ])
        profile.firmware = [FirmwareRequirement(location: "fw/b")]
        let lines = PreparedProfile(profile).lines
        #expect(lines[.memory]?.map(\.source) == Array(repeating: "profile bench v1 component #1", count: 2))
        #expect(lines[.pci]?.map(\.source) == ["profile bench v1 component #2"])
        #expect(lines[.firmware]?.map(\.source) == ["profile bench v1 component #5", "profile bench v1 firmware #1"])
    }

    @Test("One preparation serves every unit, and gives what a profile gives that is prepared for one")
    func shared() {
        let profile = Parts.profile([Parts.expectedMemory(slot: "A"), Parts.expectedMemory(slot: "B")])
        let design = PreparedProfile(profile)
        let units = ["SN-1", "SN-2"].map { serial in
            let part = PartDescription(manufacturer: "Micron", serial: serial)
            return (
                Parts.record([BuiltComponent(.memory, at: "dimm/A", part: part)]),
                Parts.inventory([Parts.memory("A", serial), Parts.memory("B", "SN-9")])
            )
        }
        for (record, inventory) in units {
            let result = Evaluation(design: design, record: record).run(inventory)
            #expect(result == Evaluation(profile: profile, record: record).run(inventory))
            #expect(result.verdict == .pass)
        }
        #expect(Evaluation(design: design, record: units[0].0).run(units[1].1).verdict == .fail)
    }

    @Test("The texts that say nothing are those that the profile was prepared with")
    func placeholders() {
        let known = PlaceholderList(texts: ["same on all"])
        let design = PreparedProfile(Parts.profile([Parts.expectedMemory(slot: "A")]), placeholders: known)
        let record = Parts.record([BuiltComponent(.memory, at: "dimm/A", part: PartDescription(serial: "Same on all"))])
        let inventory = Parts.inventory([Parts.memory("A", "SN-1")])
        #expect(Evaluation(design: design, record: record).run(inventory).outcomes.map(\.kind) == [.matched])
        let other = PreparedProfile(design.profile)
        #expect(Evaluation(design: other, record: record).run(inventory).outcomes.map(\.kind) == [.mismatched])
    }
}
