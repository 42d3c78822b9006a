import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayNames

@Suite struct HardwareNamesTests {
    private static let pci: HostTree.Node = "8086  Intel Corporation\n\t1533  I210\n1af4  Red Hat, Inc.\n"
    private static let usb: HostTree.Node = "1d6b  Linux Foundation\n\t0003  3.0 root hub\n8086  of another list\n"
    private static let network = HardwareID(.pci, vendor: 0x8086, device: 0x1533)
    private static let hub = HardwareID(.usb, vendor: 0x1d6b, device: 0x0003)

    private func part(_ kind: ComponentClass, _ ids: [String: String]) -> Component {
        Component(kind, at: "x", evidence: Evidence(probe: "p", path: "/"), ids: ids)
    }

    @Test("each bus has its own list") func looksUp() throws {
        let tree = try HostTree(["usr/share/hwdata/pci.ids": Self.pci, "usr/share/hwdata/usb.ids": Self.usb])
        let names = HardwareNames(of: [Self.network, Self.hub], in: try tree.root())
        #expect(names.vendor(Self.network) == "Intel Corporation")
        #expect(names.device(Self.network) == "I210")
        #expect(names.vendor(Self.hub) == "Linux Foundation")
        #expect(names.device(Self.hub) == "3.0 root hub")
        #expect(names.vendor(HardwareID(.pci, vendor: 0x1af4, device: 1)) == nil)
    }

    @Test("links are followed inside the root, and the other place is tried") func places() throws {
        let tree = try HostTree([
            "usr/share/hwdata/pci.ids": .link("/usr/share/misc/pci.ids"), "usr/share/misc/pci.ids": Self.pci,
            "usr/share/misc/usb.ids": Self.usb,
        ])
        let names = HardwareNames(of: [Self.network, Self.hub], in: try tree.root())
        #expect(names.device(Self.network) == "I210")
        #expect(names.device(Self.hub) == "3.0 root hub")
    }

    @Test("a root without lists, or with folders in their place, has no names") func absent() throws {
        let tree = try HostTree(["usr/share/hwdata/pci.ids": .directory])
        let names = HardwareNames(of: [Self.network, Self.hub], in: try tree.root())
        #expect(names.vendor(Self.network) == nil)
        #expect(names.device(Self.hub) == nil)
    }

    @Test("a part is named by its numbers on its own bus")
    func parts() {
        let ids = ["vendor": "8086", "device": "1533"]
        #expect(HardwareID(part(.pci, ids)) == Self.network)
        #expect(HardwareID(part(.usb, ids)) == HardwareID(.usb, vendor: 0x8086, device: 0x1533))
        #expect(HardwareID(part(.storage, ids)) == nil)
        #expect(HardwareID(part(.pci, ["vendor": "8086"])) == nil)
        #expect(HardwareID(part(.pci, ["vendor": "8086", "device": "15333"])) == nil)
    }

    @Test(
        "sentences that begin with numbers are explained",
        arguments: [
            (.pci, "8086:1533 revision 03", "8086:1533 (Intel Corporation I210) revision 03"),
            (.pci, "8086:1533", "8086:1533 (Intel Corporation I210)"), (.usb, "8086:1533", "8086:1533"),
            (.pci, "8086:ffff", "8086:ffff (Intel Corporation)"),
            (.pci, "acme card [8086:1533]", "acme card [8086:1533]"),
            (.pci, "8086:1533:1", "8086:1533:1"), (.storage, "8086:1533", "8086:1533"), (.pci, "", ""),
        ] as [(ComponentClass, String, String)])
    func explains(_ kind: ComponentClass, _ sentence: String, _ explained: String) throws {
        let tree = try HostTree(["usr/share/hwdata/pci.ids": Self.pci])
        let other = HardwareID(.pci, vendor: 0x8086, device: 0xffff)
        let names = HardwareNames(of: [Self.network, other], in: try tree.root())
        #expect(names.explained(kind, sentence) == explained)
        #expect(HardwareNames.none.explained(kind, sentence) == sentence)
    }

    @Test(
        "classes of PCI functions have words",
        arguments: [("020000", "Ethernet controller"), ("02ff00", "network controller"), ("ff0000", nil)])
    func classes(_ code: String, _ words: String?) { #expect(PCIClassName.words(code) == words) }
}
