import AssayModel
import Testing

@testable import AssayRules

@Suite struct ProfileLearnerTests {
    private let source = RecordProvenance(origin: "learned", date: "2026-01-31", learnedFrom: ["U-1001-7"])

    @Test("A second unit of the model passes: serials, addresses and placeholders are not learned")
    func secondUnit() {
        func unit(_ serial: String, _ address: String, _ board: String?) -> InventorySnapshot {
            let nic = Component(
                .network, at: "network/eth0",
                evidence: Evidence(probe: "network/interfaces", path: "/sys/class/net/eth0"),
                ids: ["mac": address], properties: ["permanentAddress": address])
            let base = Component(
                .baseboard, at: "board/0",
                evidence: Evidence(probe: "smbios/tables", path: Parts.memoryPath, access: .reported),
                manufacturer: "AAEON", model: board, serial: serial)
            return Parts.inventory([nic, base, Parts.memory("A", serial)], serial: serial)
        }
        let first = unit("S-4711", "00:07:32:aa:00:01", "Default string")
        let profile = ProfileLearner().learn(from: first, id: "model", source: source)
        let second = Evaluation(profile: profile).run(unit("S-4712", "00:07:32:aa:00:02", "To be filled by O.E.M."))
        #expect(second.verdict == .pass, "\(second.outcomes.differences)")
    }

    @Test("Newer firmware passes, older does not")
    func firmware() {
        let good = InventorySnapshot(components: [Parts.drive("nvme0")], firmware: [Parts.firmware("bios", "1.9")])
        let profile = ProfileLearner().learn(from: good, id: "model", source: source)
        func verdict(_ version: String) -> Verdict {
            Evaluation(profile: profile).run(
                InventorySnapshot(components: [Parts.drive("nvme0")], firmware: [Parts.firmware("bios", version)])
            ).verdict
        }
        #expect(verdict("1.10") == .pass)
        #expect(verdict("1.8") == .fail)
    }

    @Test("A root hub carries the kernel's version, which is not learned")
    func rootHub() {
        func machine(_ kernel: String) -> InventorySnapshot {
            var hub = Parts.usb("usb1", "1d6b", "0002", serial: "0000:00:14.0")
            hub.manufacturer = "Linux \(kernel) xhci-hcd"
            hub.revision = kernel
            return Parts.inventory([hub])
        }
        let profile = ProfileLearner().learn(from: machine("6.1"), id: "model", source: source)
        #expect(Evaluation(profile: profile).run(machine("6.12")).verdict == .pass)
    }

    @Test("Binaries of the good unit that no package owns are allowed by content")
    func ownerless() {
        let file = FileEntry(
            path: "/opt/app/agent", kind: .executable, size: 1, mode: "755", uid: 0, digest: .sha256(of: [1]))
        let profile = ProfileLearner().learn(
            from: Parts.inventory([]), id: "m", source: source, ownerless: [file, file])
        #expect(profile.files?.allowedDigests == [file.digest])
        #expect(profile.files?.unknown == .fail)
        let many = (0...ProfileLearner.digestLimit).map { number in
            FileEntry(
                path: "/opt/\(number)", kind: .executable, size: 1, mode: "755", uid: 0,
                digest: .sha256(of: "\(number)".utf8))
        }
        let bounded = ProfileLearner().learn(from: Parts.inventory([]), id: "m", source: source, ownerless: many)
        #expect(bounded.files?.allowedDigests.count == ProfileLearner.digestLimit)
        #expect(bounded.files?.unknown == .notice)
    }

    @Test("Secure Boot is required where the good unit has it on")
    func secureBoot() {
        var inventory = Parts.inventory([])
        #expect(ProfileLearner().learn(from: inventory, id: "m", source: source).boot == nil)
        inventory.boot.secureBoot = true
        #expect(ProfileLearner().learn(from: inventory, id: "m", source: source).boot?.secureBoot == true)
    }

    @Test(
        "A guest's profile names its hypervisor, where it has a name",
        arguments: [("QEMU", ["QEMU"]), ("present", []), (nil, [])] as [(String?, [String])])
    func hypervisor(_ name: String?, _ learned: [String]) {
        var inventory = Parts.inventory([])
        inventory.device.hypervisor = name
        let profile = ProfileLearner().learn(from: inventory, id: "m", source: source)
        #expect(profile.appliesTo.hypervisors == learned)
        #expect(Evaluation(profile: profile).run(inventory).verdict == .pass)
        guard !learned.isEmpty else { return }
        inventory.device.hypervisor = "Xen"
        #expect(Evaluation(profile: profile).run(inventory).verdict == .fail)
    }

    @Test("A further view of a part is neither learned nor a surplus")
    func views() {
        var view = Component(
            "memory-spd", at: "spd/i2c-0/50", evidence: Evidence(probe: "memory/spd", path: "/sys/bus/i2c"))
        let module = Parts.memory("A")
        let bare = ProfileLearner().learn(from: Parts.inventory([module]), id: "m", source: source)
        #expect(Evaluation(profile: bare).run(Parts.inventory([module, view])).verdict == .fail)
        view.properties[Component.viewProperty] = "memory"
        let inventory = Parts.inventory([module, view])
        #expect(Evaluation(profile: bare).run(inventory).verdict == .pass)
        let profile = ProfileLearner().learn(from: inventory, id: "m", source: source)
        #expect(profile.components.map(\.componentClass) == bare.components.map(\.componentClass))
    }
}
