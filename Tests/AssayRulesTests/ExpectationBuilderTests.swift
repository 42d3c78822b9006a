import AssayModel
import Testing

@testable import AssayRules

@Suite struct ExpectationBuilderTests {
    private func run(_ profile: HardwareProfile?, _ built: [BuiltComponent], _ found: [Component]) -> [Outcome] {
        Reconciliation(profile: profile, record: Parts.record(built)).run(Parts.inventory(found)).outcomes
    }

    @Test("The record's serial is exact although the profile ignores serials")
    func serial() {
        var profile = Parts.profile([Parts.expectedMemory(slot: "A")])
        profile.classes[HardwareProfile.anyClass] = ClassPolicy(fields: ["serial": .ignore])
        let built = [BuiltComponent(.memory, at: "dimm/A", part: PartDescription(serial: "S-1001"), lot: "L7")]
        #expect(run(profile, built, [Parts.memory("A", "S-1001")]).map(\.kind) == [.matched])
        let swapped = run(profile, built, [Parts.memory("A", "S-1002")])
        #expect(swapped.map(\.kind) == [.mismatched])
        #expect(swapped[0].source == "as-built U-1001-7 component #1")
        #expect(swapped[0].notes == ["built from lot L7"])
    }

    @Test("What profile and record contradict each other about cannot match")
    func contradiction() {
        let profile = Parts.profile([Parts.expectedMemory(slot: "A")])
        let built = [BuiltComponent(.memory, at: "dimm/A", part: PartDescription(manufacturer: "Acme"))]
        let result = run(profile, built, [Parts.memory("A", maker: "Acme")])
        #expect(result.map(\.kind) == [.mismatched])
        #expect(result[0].source == "profile bench v1 component #1")
        #expect(result[0].fields.map(\.expected) == ["Micron"])
    }

    @Test("An option that the record does not list is not expected, and not welcome")
    func options() {
        var option = Parts.expectedMemory(slot: "B")
        option.optional = true
        let profile = Parts.profile([Parts.expectedMemory(slot: "A"), option])
        let built = [BuiltComponent(.memory, at: "dimm/A")]
        let found = [Parts.memory("A"), Parts.memory("B")]
        #expect(run(profile, built, found).differences == ["unexpected memory dimm/B"])
        #expect(run(profile, built + [BuiltComponent(.memory, at: "dimm/B")], found).differences == [])
        #expect(run(profile, [], found).differences == [])
    }

    @Test("A part of the record without a line in the profile is expected, and said to have none")
    func ownExpectation() {
        let built = [BuiltComponent(.memory, at: "dimm/A", part: PartDescription(serial: "S-1001"))]
        let result = run(Parts.profile([]), built, [Parts.memory("A", "S-1001")])
        #expect(result.map(\.kind) == [.matched])
        #expect(result[0].notes == ["profile bench v1 has no line for this part"])
    }

    @Test("Firmware of the record is what left the factory: newer is fine, older is not")
    func recordFirmware() {
        let built = [
            BuiltComponent(.storage, at: "storage/nvme0", part: PartDescription(firmwareVersion: "1.3"))
        ]
        #expect(run(nil, built, [Parts.drive("nvme0", firmware: "1.4")]).map(\.kind) == [.matched])
        #expect(run(nil, built, [Parts.drive("nvme0", firmware: "1.2")]).map(\.rule) == ["trace/firmware-out-of-range"])
    }

    @Test("A record that covers some classes says nothing of the others")
    func covers() {
        var record = Parts.record([])
        record.covers = [.memory]
        let found = Parts.inventory([Parts.memory("A"), Parts.pci("0000:03:00.0")])
        let result = Evaluation(profile: nil, record: record).run(found)
        #expect(result.outcomes.filter(\.fails).map(\.componentClass) == [.memory])
        #expect(result.outcomes.filter { $0.reaction == .notice }.map(\.componentClass) == [.pci])
    }

    @Test("Sockets and caches are no parts, unless somebody speaks of them")
    func noParts() {
        let cache = Component(
            .cache, at: "cache/L1",
            evidence: Evidence(probe: "smbios/tables", path: Parts.memoryPath, access: .reported))
        func count(_ profile: HardwareProfile?, _ record: AsBuiltRecord?) -> Int {
            Reconciliation(profile: profile, record: record).run(Parts.inventory([cache])).outcomes.count
        }
        #expect(count(Parts.profile([]), nil) == 0)
        #expect(count(nil, Parts.record([])) == 0)
        var strict = Parts.profile([])
        strict.classes[.cache] = ClassPolicy(unexpected: .fail)
        #expect(count(strict, nil) == 1)
        #expect(count(Parts.profile([ExpectedComponent(.cache, slot: "cache/L2")]), nil) == 2)
    }
}
