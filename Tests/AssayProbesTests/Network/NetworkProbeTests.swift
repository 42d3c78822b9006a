import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct NetworkProbeTests {
    private func read(_ root: HostRoot) -> ProbeOutput {
        var output = NetworkProbe().read(ProbeContext(root: root))
        output.sort()
        return output
    }

    private func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        return read(try tree.root())
    }

    /// An interface below a device, as sysfs shows it.
    private func interface(
        _ name: String, below device: String, _ attributes: [String: String]
    ) -> [String: HostTree.Node] {
        let path = "/sys/devices/" + device + "/net/" + name
        var nodes: [String: HostTree.Node] = [
            "/sys/class/net/" + name: .link(path), path + "/device": .link("/sys/devices/" + device),
        ]
        for (attribute, value) in attributes { nodes[path + "/" + attribute] = .text(value + "\n") }
        return nodes
    }

    @Test func softwareInterfacesAreLeftOut() throws {
        let output = try read([
            "/sys/class/net/lo": .link("/sys/devices/virtual/net/lo"), "/sys/devices/virtual/net/lo/address": "0\n",
            "/sys/class/net/br0/address": "02:00:00:00:00:01\n", "/sys/class/net/bonding_masters": "bond0\n",
        ])
        #expect(output == ProbeOutput())
    }

    @Test(
        "a permanent address is evidence, one that software chose is not",
        arguments: [
            ("0", String?.some("02:11:22:33:44:55"), String?.none, "permanent"), ("1", nil, nil, "random"),
            ("3", nil, nil, "set"), (nil, nil, "02:11:22:33:44:55", nil),
        ] as [(String?, String?, String?, String?)])
    func addresses(_ type: String?, _ permanent: String?, _ other: String?, _ word: String?) throws {
        var attributes = ["address": "02:11:22:33:44:55", "dev_port": "0", "ifindex": "2"]
        attributes["addr_assign_type"] = type
        let output = try read(interface("eth0", below: "pci0000:00/0000:00:19.0", attributes))
        let adapter = try #require(output.components.first)
        #expect(adapter.location == "net/pci/0000:00:19.0/0")
        #expect(adapter.properties["permanentAddress"] == permanent)
        #expect(adapter.properties["address"] == other)
        #expect(adapter.properties["addressAssignment"] == word)
        #expect(adapter.properties["interface"] == "eth0")
        #expect(adapter.serial == nil)
    }

    @Test("ports are told apart by their number, or by their order where the number is shared")
    func ports() throws {
        let function = "pci0000:00/0000:00:03.0/0000:02:00.0"
        let distinct = interface("b", below: function, ["dev_port": "0", "ifindex": "9"]).merging(
            interface("a", below: function, ["dev_port": "1", "ifindex": "8"])
        ) { first, _ in first }
        #expect(
            try read(distinct).components.map { "\($0.location) \($0.properties["interface"] ?? "")" }
                == ["net/pci/0000:02:00.0/0 b", "net/pci/0000:02:00.0/1 a"])
        let shared = interface("wlan0", below: function, ["dev_port": "0", "ifindex": "4", "phy80211/name": "phy0"])
            .merging(interface("p2p0", below: function, ["dev_port": "0", "ifindex": "12"])) { first, _ in first }
        let output = try read(shared)
        #expect(output.components.map { $0.properties["interface"] } == ["wlan0", "p2p0"])
        #expect(output.components.map { $0.properties["wireless"] } == ["true", nil])
    }

    @Test func driverAndParentAreNamed() throws {
        var nodes = interface("eth1", below: "pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0", ["dev_port": "0"])
        nodes["/sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/driver"] = .link("/sys/bus/usb/drivers/r8152")
        let adapter = try #require(try read(nodes).components.first)
        #expect(adapter.properties["parent"] == "usb/1-2")
        #expect(adapter.properties["driver"] == "r8152")
        #expect(adapter.evidence.access == .direct)
        nodes["/sys/devices/virtio-net/driver"] = .directory
        var virtio = interface("eth2", below: "pci0000:00/0000:00:03.0/virtio0", ["dev_port": "0"])
        virtio["/sys/devices/pci0000:00/0000:00:03.0/virtio0/driver"] = .link("/sys/bus/virtio/drivers/virtio_net")
        #expect(try read(virtio).components.first?.evidence.access == .virtual)
    }

    @Test("an InfiniBand port is known by its GUID, not by its queue pair")
    func infiniBand() throws {
        let address = "80:00:00:48:fe:80:00:00:00:00:00:00:00:02:c9:03:00:00:11:22"
        let output = try read(
            interface(
                "ib0", below: "pci0000:00/0000:00:02.0",
                [
                    "address": address, "addr_assign_type": "0", "type": "32",
                ]))
        #expect(output.components.first?.ids == ["portGUID": "0002c90300001122"])
        #expect(output.components.first?.properties["permanentAddress"] == nil)
    }

    @Test func transceivers() throws {
        let output = try read([
            "/sys/bus/mdio_bus/devices/stmmac-0:01/phy_id": "0x001cc916\n",
            "/sys/bus/mdio_bus/devices/stmmac-0:02/phy_id": "0xffffffff\n",
            "/sys/bus/mdio_bus/devices/switch@0/uevent": "\n",
        ])
        #expect(output.components.map(\.location) == ["phy/stmmac-0:01"])
        #expect(output.components.first?.ids == ["phy": "001cc916"])
        #expect(output.components.first?.revision == "6")
        #expect(output.gaps.isEmpty)
    }

    @Test("driver answers that mean nothing") func statedText() {
        #expect(EthtoolInfo.stated("N/A") == nil)
        #expect(EthtoolInfo.stated("") == nil)
        #expect(EthtoolInfo.stated("1.2.3 ") == "1.2.3 ")
        #expect(EthtoolInfo.address([0, 0, 0, 0, 0, 0]) == nil)
        #expect(EthtoolInfo.address([0xff, 0xff]) == nil)
        #expect(EthtoolInfo.address([2, 0xab]) == "02:ab")
        #expect(EthtoolInfo(interface: "no such interface, and too long a name") == nil)
    }

    @Test(
        "recorded machines", .enabled(if: Corpus.isAvailable),
        arguments: [
            ("2pa-pcidomain32bits.tar.bz2", ["net/pci/0000:00:03.0/0 ens3"]),
            (
                "32em64t-2n8c+dax+nvme+mic+dimms.tar.bz2",
                ["net/pci/0000:02:00.0/0 eth0", "net/pci/0000:02:00.3/0 eth1", "net/pci/0000:82:00.0/0 ib0"]
            ),
        ])
    func recordedMachines(_ archive: String, _ expected: [String]) throws {
        let tree = try RecordedTree(corpus: "sysfs-trees/hwloc/" + archive)
        let output = read(try tree.root())
        #expect(output.gaps.isEmpty)
        #expect(output.components.map { "\($0.location) \($0.properties["interface"] ?? "")" } == expected)
    }
}
