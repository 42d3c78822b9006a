import AssayModel
import Testing

@testable import AssayRules

@Suite struct UnitCheckTests {
    private func outcomes(_ record: AsBuiltRecord, _ inventory: InventorySnapshot) -> [Outcome] {
        Reconciliation(profile: nil, record: record).run(inventory).outcomes.filter { $0.location == "device" }
    }

    @Test("A record of another unit is named as such")
    func otherUnit() {
        let result = outcomes(Parts.record([]), Parts.inventory([], serial: "U-2"))
        #expect(result.map(\.kind) == [.mismatched])
        #expect(result[0].rule == "trace/wrong-unit")
        #expect(outcomes(Parts.record([]), Parts.inventory([], serial: "u-1001-7")).isEmpty)
    }

    @Test("A placeholder identity is not verifiable, unless a serial of a part names the unit")
    func placeholder() {
        let anonymous = Parts.inventory([], serial: "Default string")
        #expect(outcomes(Parts.record([]), anonymous).map(\.kind) == [.notVerifiable])
        let built = BuiltComponent(.memory, at: "dimm/A", part: PartDescription(serial: "S-1001"))
        let named = Parts.inventory([Parts.memory("A", "S-1001")], serial: "Default string")
        #expect(outcomes(Parts.record([built]), named).isEmpty)
    }

    @Test(
        "Where every unit has a record, one without is open, whatever number it states",
        arguments: [
            ("U-1001-7", "serial number U-1001-7", "no record has this number"),
            ("Default string", "serial number Default string", "a placeholder names no record"),
            (nil, "no serial number", "without a serial number no record can be found"),
        ] as [(String?, String, String)])
    func missingRecord(_ serial: String?, _ observed: String, _ note: String) {
        var profile = HardwareProfile(id: "p", version: "1")
        profile.asBuiltRecord = .required
        let inventory = Parts.inventory([], serial: serial)
        let result = Evaluation(profile: profile).run(inventory)
        #expect(result.verdict == .undetermined)
        let finding = result.findings.first { $0.rule == "trace/missing-record" }
        #expect(finding?.observed == observed)
        #expect(finding?.notes == [note])
        let known = Evaluation(profile: profile, record: Parts.record([])).run(Parts.inventory([]))
        #expect(known.verdict == .pass)
        profile.asBuiltRecord = .optional
        #expect(Evaluation(profile: profile).run(inventory).verdict == .pass)
    }

    @Test("The device id decides where both have one")
    func deviceID() {
        var record = Parts.record([])
        record.device.id = "sha256:aa"
        var inventory = Parts.inventory([], serial: "other")
        inventory.device.id = "sha256:aa"
        #expect(outcomes(record, inventory).isEmpty)
        inventory.device.id = "sha256:bb"
        #expect(outcomes(record, inventory).first?.fields.map(\.name) == ["id", "serial"])
    }

    @Test("A profile of a hypervisor applies to what runs under it; one without a name cannot be told")
    func hypervisor() throws {
        var profile = HardwareProfile(id: "p", version: "1")
        profile.appliesTo = DeviceMatch(hypervisors: ["firecracker"])
        let check = Reconciliation(profile: profile)
        var inventory = Parts.inventory([])
        for hidden in [nil, "present"] as [String?] {
            inventory.device.hypervisor = hidden
            #expect(check.run(inventory).outcomes.map(\.kind) == [.notVerifiable])
        }
        inventory.device.hypervisor = "QEMU"
        #expect(check.run(inventory).outcomes.map(\.rule) == ["trace/wrong-unit"])
        inventory.device.hypervisor = "Firecracker"
        #expect(check.run(inventory).outcomes.isEmpty)
        #expect(!profile.appliesTo.isUnrestricted)
        let copy = try CanonicalJSON.decode(HardwareProfile.self, from: CanonicalJSON.encode(profile))
        #expect(copy == profile)
    }

    @Test("A profile of another model does not apply")
    func otherModel() {
        var profile = HardwareProfile(id: "p", version: "1")
        profile.appliesTo = DeviceMatch(compatibles: ["raspberrypi,4-model-b"])
        var inventory = Parts.inventory([])
        let check = Reconciliation(profile: profile)
        #expect(check.run(inventory).outcomes.map(\.kind) == [.notVerifiable])
        inventory.device.compatible = ["raspberrypi,5-model-b", "brcm,bcm2712"]
        #expect(check.run(inventory).outcomes.map(\.rule) == ["trace/wrong-unit"])
        inventory.device.compatible = ["raspberrypi,4-model-b", "brcm,bcm2711"]
        #expect(check.run(inventory).outcomes.isEmpty)
    }
}
