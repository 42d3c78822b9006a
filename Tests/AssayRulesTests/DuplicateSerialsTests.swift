import AssayModel
import Testing

@testable import AssayRules

@Suite struct DuplicateSerialsTests {
    private func duplicates(_ parts: [Component], _ policy: ClassPolicy? = nil) -> [String] {
        var profile = HardwareProfile(id: "p", version: "1")
        if let policy { profile.classes[HardwareProfile.anyClass] = policy }
        let found = parts.map { FoundPart($0, placeholders: .standard) }
        return DuplicateSerials(profile: profile, record: nil).outcomes(found)
            .map { $0.location ?? "" }.sorted()
    }

    @Test("Each part beyond the first of a serial is named")
    func copies() {
        let parts = ["A", "B", "C"].map { Parts.memory($0, "S-1001") } + [Parts.memory("D", "S-1002")]
        #expect(duplicates(parts) == ["dimm/B", "dimm/C"])
        #expect(duplicates([Parts.memory("A", "s-1001"), Parts.memory("B", "S-1001 ")]) == ["dimm/B"])
    }

    @Test("Placeholders are not serials", arguments: ["00000000", "Not Specified", "FFFFFFFF", "12345678"])
    func placeholders(_ text: String) {
        #expect(duplicates([Parts.memory("A", text), Parts.memory("B", text)]).isEmpty)
    }

    @Test("Parts that share a serial by right: other makers, other products, functions of a card, what a bridge shows")
    func byRight() {
        #expect(duplicates([Parts.memory("A", "S-1001"), Parts.memory("B", "S-1001", maker: "Other")]).isEmpty)
        #expect(
            duplicates([Parts.usb("1-1", "0bda", "1", serial: "X-1"), Parts.usb("2-1", "0bda", "2", serial: "X-1")])
                .isEmpty)
        let functions = [Parts.pci("0000:03:00.0", serial: "DSN"), Parts.pci("0000:03:00.1", serial: "DSN")]
        #expect(duplicates(functions).isEmpty)
        let volumes = ["sda", "sdb"].map { Parts.drive($0, serial: "RAID-1", access: .bridged) }
        #expect(duplicates(volumes).isEmpty)
        var namespace = Parts.drive("nvme0/n1", serial: "N-1")
        namespace.evidence.path = "/sys/class/block/nvme0/nvme0n1"
        #expect(duplicates([Parts.drive("nvme0", serial: "N-1"), namespace]).isEmpty)
    }

    @Test("The policy can widen and end the comparison")
    func policy() {
        let functions = [Parts.pci("0000:03:00.0", serial: "DSN-1"), Parts.pci("0000:04:00.0", serial: "DSN-1")]
        #expect(duplicates(functions, ClassPolicy(duplicate: .fail)) == ["pci/0000:04:00.0"])
        let memory = [Parts.memory("A", "S-1001"), Parts.memory("B", "S-1001")]
        #expect(duplicates(memory, ClassPolicy(duplicate: .ignore)).isEmpty)
    }
}
