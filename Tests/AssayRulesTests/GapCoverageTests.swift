import AssayModel
import Testing

@testable import AssayRules

@Suite struct GapCoverageTests {
    private func kind(_ line: ExpectedComponent, _ inventory: InventorySnapshot) -> Outcome.Kind? {
        Reconciliation(profile: Parts.profile([line])).run(inventory).outcomes.first { $0.observed == nil }?.kind
    }

    private let nic = Parts.expectedPCI("0000:03:00.0")

    @Test("A gap of the probe that would have shown the part leaves it open", arguments: Gap.Kind.allCases)
    func probeGap(_ gapKind: Gap.Kind) {
        let gap = Gap(probe: "pci/devices", path: "/sys/bus/pci/devices", kind: gapKind, detail: "x")
        #expect(kind(nic, Parts.inventory([], gaps: [gap])) == .notVerifiable)
    }

    @Test("A gap of another probe, or inside a part that was found, hides nothing")
    func unrelatedGap() {
        let usb = Gap(probe: "usb/devices", path: "/sys/bus/usb/devices", kind: .denied, detail: "x")
        #expect(kind(nic, Parts.inventory([], gaps: [usb])) == .missing)
        let inside = Gap(
            probe: "pci/devices", path: "/sys/bus/pci/devices/0000:01:00.0/config", kind: .denied, detail: "x")
        let other = Parts.pci("0000:01:00.0", "1b21", "1142")
        #expect(kind(nic, Parts.inventory([other], gaps: [inside])) == .missing)
    }

    @Test("An empty socket that was seen is proof, whatever gaps there are")
    func emptySocket() {
        var socket = Parts.memory("A", maker: nil, part: nil)
        socket.properties["populated"] = "false"
        let gap = Gap(probe: "smbios/tables", path: Parts.memoryPath, kind: .malformed, detail: "type 42")
        #expect(kind(Parts.expectedMemory(slot: "A"), Parts.inventory([socket], gaps: [gap])) == .missing)
        let nothing = Reconciliation(profile: Parts.profile([])).run(Parts.inventory([socket]))
        #expect(nothing.outcomes.isEmpty)
    }

    @Test("Where no SMBIOS tables were read, a module is not known to be missing")
    func noTables() {
        #expect(kind(Parts.expectedMemory(slot: "A"), Parts.inventory([])) == .notVerifiable)
        #expect(
            kind(Parts.expectedMemory(slot: "A"), Parts.inventory([Parts.memory("B", maker: "x", part: "y")]))
                == .missing)
    }

    @Test("A hypervisor hides the machine, a RAID controller its drives")
    func hidden() {
        var guest = Parts.inventory([])
        guest.device.hypervisor = "kvm"
        #expect(kind(nic, guest) == .notVerifiable)
        var virtual = nic
        virtual.access = .virtual
        #expect(kind(virtual, guest) == .missing)
        let result = Reconciliation(profile: Parts.profile([nic, virtual])).run(guest).outcomes
        #expect(result.map(\.kind) == [.missing, .missing], "a record of a guest expects what a guest shows")
        let drive = ExpectedComponent(.storage, slot: "storage/sdb", part: PartDescription(model: "MZ7LH240"))
        let volume = Parts.drive("sda", model: "PERC H730", access: .bridged)
        #expect(kind(drive, Parts.inventory([volume])) == .notVerifiable)
    }
}
