import AssayModel
import Testing

@testable import AssayRules

@Suite struct GoldenLearnerTests {
    private let source = RecordProvenance(origin: "learned", date: "2026-01-31")

    private func unit(_ components: [Component], bios: String? = "1.2", model: String = "E200") -> InventorySnapshot {
        var device = DeviceFacts()
        device.manufacturer = "AAEON"
        device.model = model
        return InventorySnapshot(
            device: device, components: components, firmware: bios.map { [Parts.firmware("bios", $0)] } ?? [])
    }

    private func learn(_ units: [InventorySnapshot]) throws -> GoldenLearner.Result {
        try GoldenLearner().learn(from: units, id: "model", source: source)
    }

    @Test("one unit gives the profile that one unit gives") func oneUnit() throws {
        let only = unit([Parts.memory("A", "S1"), Parts.drive("nvme0"), Parts.pci("0000:03:00.0")])
        let result = try learn([only])
        #expect(result.variations.isEmpty)
        var expected = ProfileLearner().learn(from: only, id: "model", source: source)
        expected.components.sort { $0.componentClass < $1.componentClass }
        #expect(try CanonicalJSON.encode(result.profile) == CanonicalJSON.encode(expected))
    }

    @Test("serials differ from unit to unit and are no variation") func serials() throws {
        let result = try learn(["S1", "S2", "S3"].map { unit([Parts.memory("A", $0)]) })
        #expect(result.variations.isEmpty)
        #expect(result.profile.components.count == 1)
    }

    @Test("every unit passes the profile, and what they differ in is said") func variations() throws {
        var old = Parts.pci("0000:03:00.0", firmware: "2.0")
        old.revision = "01"
        var new = Parts.pci("0000:03:00.0", firmware: "2.10")
        new.revision = "02"
        let units = [
            unit([Parts.memory("A", "S1"), old], bios: "1.9"),
            unit([Parts.memory("A", "S2", maker: "Samsung", part: "M471A1G44"), new], bios: "1.10"),
            unit([Parts.memory("A", "S3"), new, Parts.drive("nvme0")], bios: "1.10"),
        ]
        let result = try learn(units)
        #expect(
            result.variations.map { "\($0.location) \($0.field) \($0.treatment)" } == [
                "fw/bios firmwareVersion 1.9 or later is accepted",
                "dimm/A part each is an approved alternate",
                "pci/0000:03:00.0 firmwareVersion 2.0 or later is accepted",
                "pci/0000:03:00.0 revision not compared", "storage/nvme0 presence the part is optional",
            ])
        for (index, unit) in units.enumerated() {
            let verdict = Evaluation(profile: result.profile).run(unit)
            #expect(verdict.verdict == .pass, "unit \(index + 1): \(verdict.outcomes.differences)")
        }
        let memory = try #require(result.profile.components.first { $0.componentClass == .memory })
        #expect(memory.part.manufacturer == "Micron")
        #expect(memory.alternates.map(\.part.manufacturer) == ["Samsung"])
        let other = unit([Parts.memory("A", "S4", maker: "Acme", part: "X"), new], bios: "1.10")
        #expect(Evaluation(profile: result.profile).run(other).outcomes.differences == ["mismatched memory dimm/A"])
        let stale = unit([Parts.memory("A", "S4"), new], bios: "1.8")
        #expect(Evaluation(profile: result.profile).run(stale).verdict == .fail)
    }

    @Test("two equal modules stay two, wherever they sit") func counts() throws {
        let units = [
            unit([Parts.memory("A", "S1"), Parts.memory("B", "S2")]),
            unit([Parts.memory("B", "S3"), Parts.memory("A", "S4")]),
        ]
        let result = try learn(units)
        #expect(result.profile.components.count == 2)
        #expect(result.variations.isEmpty)
        let one = Evaluation(profile: result.profile).run(unit([Parts.memory("A", "S5")]))
        #expect(one.outcomes.differences == ["missing memory dimm/B"])
    }

    @Test("firmware versions without an order are not compared") func unordered() throws {
        let result = try learn([unit([], bios: "alpha"), unit([], bios: "12")])
        #expect(result.profile.firmware.map(\.version.isEmpty) == [true])
        #expect(result.variations.map(\.treatment) == ["not compared"])
        #expect(result.variations[0].summary == "fw/bios firmwareVersion: 12 (1), alpha (1): not compared")
    }

    @Test("firmware that one unit lacks is optional") func optionalFirmware() throws {
        let result = try learn([unit([]), unit([], bios: nil)])
        #expect(result.profile.firmware.map(\.optional) == [true])
    }

    @Test("every unit is meant by the profile, and where they differ in board, hypervisor or boot it is said")
    func scopes() throws {
        var units = [unit([]), unit([]), unit([])]
        for (index, board) in ["B1", "B2", "b1"].enumerated() {
            units[index].device.boardModel = board
            units[index].device.compatible = ["aaeon,e200-\(index / 2)", "aaeon,e200"]
        }
        units[0].device.hypervisor = "KVM"
        units[0].boot.secureBoot = true
        units[1].boot.secureBoot = false
        let result = try learn(units)
        #expect(result.profile.appliesTo.boards == ["B1", "B2"])
        #expect(result.profile.appliesTo.compatibles == ["aaeon,e200-0", "aaeon,e200-1"])
        #expect(result.profile.appliesTo.hypervisors.isEmpty && result.profile.boot == nil)
        #expect(
            result.variations.map(\.summary) == [
                "boot secureBoot: not stated (1), off (1), on (1): not required",
                "system boardModel: B1 (2), B2 (1): each is accepted",
                "system compatible: aaeon,e200-0 (2), aaeon,e200-1 (1): each is accepted",
                "system hypervisor: not stated (2), KVM (1): not compared",
            ])
        for unit in units { #expect(Evaluation(profile: result.profile).run(unit).verdict == .pass) }
        let other = try learn([units[0], units[0]])
        #expect(other.variations.isEmpty && other.profile.appliesTo.hypervisors == ["KVM"])
        #expect(other.profile.boot?.secureBoot == true)
    }

    @Test("units of two models are refused by name") func models() {
        #expect(
            throws: GoldenLearner.DifferentModels(unit: 2, first: "AAEON E200", other: "AAEON E300")
        ) { try learn([unit([]), unit([], model: "E300")]) }
    }
}
