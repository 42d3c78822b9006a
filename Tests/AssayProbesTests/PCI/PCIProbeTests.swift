import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import Glibc
import Testing

@testable import AssayProbes

@Suite struct PCIProbeTests {
    private static let bus = "/sys/bus/pci/devices/"

    /// One function below a bridge, as the kernel shows it.
    private static func tree(_ more: [String: HostTree.Node] = [:]) throws -> HostTree {
        let bridge = "/sys/devices/pci0000:00/0000:00:1c.0"
        let card = bridge + "/0000:03:00.0"
        var nodes: [String: HostTree.Node] = [
            bus + "0000:00:1c.0": .link("../../../devices/pci0000:00/0000:00:1c.0"),
            bus + "0000:03:00.0": .link("../../../devices/pci0000:00/0000:00:1c.0/0000:03:00.0"),
            bridge + "/vendor": "0x8086\n", bridge + "/device": "0xa110\n", bridge + "/class": "0x060400\n",
            bridge + "/revision": "0xf1\n", bridge + "/subsystem_vendor": "0x0000\n",
            bridge + "/subsystem_device": "0x0000\n",
            card + "/vendor": "0x8086\n", card + "/device": "0x1521\n", card + "/class": "0x020000\n",
            card + "/revision": "0x01\n", card + "/subsystem_vendor": "0x15d9\n",
            card + "/subsystem_device": "0x1234\n", card + "/numa_node": "0\n", card + "/label": "Onboard LAN 1\n",
            card + "/acpi_index": "7\n", card + "/boot_vga": "0\n",
            card + "/driver": .link("../../../../bus/pci/drivers/igb"),
            "/sys/bus/pci/drivers/igb/module": .link("../../../../module/igb"), "/sys/module/igb/version": "5\n",
            card + "/max_link_speed": "5.0 GT/s PCIe\n", card + "/max_link_width": "4\n",
            card + "/current_link_speed": "2.5 GT/s PCIe\n", card + "/current_link_width": "1\n",
        ]
        for (name, node) in more { nodes[card + "/" + name] = node }
        return try HostTree(nodes)
    }

    private static func read(_ tree: HostTree, live: Bool = false) throws -> ProbeOutput {
        PCIProbe().read(ProbeContext(root: try HostRoot(path: tree.path, isLive: live)))
    }

    @Test func readsAttributes() throws {
        let output = try Self.read(try Self.tree())
        #expect(output.gaps.isEmpty)
        #expect(output.components.map(\.location) == ["pci/0000:00:1c.0", "pci/0000:03:00.0"])
        let card = try #require(output.components.last)
        #expect(
            card.ids == [
                "vendor": "8086", "device": "1521", "class": "020000", "revision": "01", "subsystemVendor": "15d9",
                "subsystemDevice": "1234",
            ])
        #expect(card.revision == "01")
        #expect(card.manufacturer == nil)
        #expect(card.evidence == Evidence(probe: "pci/devices", path: Self.bus + "0000:03:00.0", access: .direct))
        #expect(
            card.properties == [
                "driver": "igb", "module": "igb", "parent": "pci/0000:00:1c.0", "slotPath": "0000:00/1c.0/00.0",
                "label": "Onboard LAN 1", "acpiIndex": "7", "numaNode": "0", "maxLinkSpeed": "5.0 GT/s",
                "maxLinkWidth": "4", "currentLinkWidth": "1",
            ])
        #expect(output.components.first?.ids["subsystemVendor"] == nil)
    }

    @Test("configuration space gives serial number, capabilities, port type and link")
    func readsConfigurationSpace() throws {
        let output = try Self.read(try Self.tree(["config": .bytes(PCIConfigSpaceTests.endpoint)]))
        let card = try #require(output.components.last)
        #expect(output.gaps.isEmpty)
        #expect(card.serial == "00-1b-21-ff-ff-53-1e-70")
        #expect(card.properties["deviceSerialNumber"] == "00-1b-21-ff-ff-53-1e-70")
        #expect(card.properties["capabilities"] == "01 10")
        #expect(card.properties["extendedCapabilities"] == "0001 0003")
        #expect(card.properties["portType"] == "endpoint")
        #expect(card.properties["maxLinkSpeed"] == "8.0 GT/s")
        #expect(card.digests["config"] != nil)
    }

    @Test("a Device Serial Number of zeros is kept, but names nothing", arguments: [UInt8(0), 0xff])
    func doesNotTakeAnEmptyNumberForASerial(_ fill: UInt8) throws {
        var config = PCIConfigSpaceTests.endpoint
        config.replaceSubrange(0x144..<0x14c, with: [UInt8](repeating: fill, count: 8))
        let card = try Self.read(try Self.tree(["config": .bytes(config)])).components.last
        #expect(card?.serial == nil)
        #expect(card?.properties["deviceSerialNumber"] != nil)
    }

    @Test("the digest of the header is the same with and without privilege; the missing rest is one gap")
    func saysOnceWhatPrivilegeWouldOpen() throws {
        let header = Array(PCIConfigSpaceTests.endpoint.prefix(64))
        let tree = try Self.tree(["config": .bytes(header)])
        try tree.set("/sys/devices/pci0000:00/0000:00:1c.0/config", .bytes(header))
        let output = try Self.read(tree)
        #expect(output.gaps.map(\.kind) == [.denied])
        #expect(output.gaps.first?.detail.contains("2 functions") == true)
        #expect(output.gaps.first?.detail.contains("CAP_") == false)
        #expect(try Self.read(tree, live: true).gaps.first?.detail.contains("CAP_SYS_ADMIN") == true)
        let full = try Self.read(try Self.tree(["config": .bytes(PCIConfigSpaceTests.endpoint)]))
        #expect(output.components.last?.digests["config"] == full.components.last?.digests["config"])
    }

    @Test("a kernel that shows the Device Serial Number by itself needs no configuration space for it")
    func readsSerialNumberAttribute() throws {
        let header = Array(PCIConfigSpaceTests.endpoint.prefix(64))
        let tree = try Self.tree(["config": .bytes(header), "serial_number": "00-1b-21-ff-ff-53-1e-70\n"])
        #expect(try Self.read(tree).components.last?.serial == "00-1b-21-ff-ff-53-1e-70")
    }

    @Test("ids come from configuration space where sysfs lacks them, the subsystem from the alias as a last resort")
    func fallsBackToOtherSources() throws {
        let tree = try Self.tree(["config": .bytes(PCIConfigSpaceTests.endpoint)])
        let card = "/sys/devices/pci0000:00/0000:00:1c.0/0000:03:00.0/"
        for name in ["vendor", "device", "class", "revision", "subsystem_vendor", "subsystem_device"] {
            try tree.remove(card + name)
        }
        let ids = try Self.read(tree).components.last?.ids
        #expect(ids?["device"] == "1521")
        #expect(ids?["class"] == "020230")
        #expect(ids?["subsystemDevice"] == "1234")
        try tree.remove(card + "config")
        try tree.set(card + "vendor", "0x8086\n")
        try tree.set(card + "modalias", "pci:v00008086d00001521sv000015D9sd0000BEEFbc02sc00i00\n")
        #expect(try Self.read(tree).components.last?.ids["subsystemDevice"] == "beef")
    }

    @Test func readsVitalProductData() throws {
        let vpd = PCIVitalProductDataTests.sample() + [UInt8](repeating: 0xaa, count: 300)
        let output = try Self.read(try Self.tree(["vpd": .bytes(vpd), "config": .bytes(PCIConfigSpaceTests.endpoint)]))
        let card = try #require(output.components.last)
        #expect(output.gaps.isEmpty)
        #expect(card.manufacturer == "1028")
        #expect(card.model == "Test adapter")
        #expect(card.partNumber == "A12-3")
        #expect(card.serial == "0042")
        #expect(card.properties["deviceSerialNumber"] == "00-1b-21-ff-ff-53-1e-70")
        #expect(card.properties["vpdChecksum"] == "valid")
        #expect(card.properties["vpd.YA"] == "asset 7")
    }

    @Test(
        "broken Vital Product Data are a gap beside the rest of the function",
        arguments: [[UInt8](repeating: 0, count: 64), PCIVitalProductDataTests.sample(checksumOffBy: 3)])
    func reportsBrokenVitalProductData(_ vpd: [UInt8]) throws {
        let output = try Self.read(try Self.tree(["vpd": .bytes(vpd)]))
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.first?.path == Self.bus + "0000:03:00.0/vpd")
        #expect(output.components.last?.ids["device"] == "1521")
    }

    @Test("a function that is switched off is not woken, but only on the running system")
    func leavesSleepingFunctionAlone() throws {
        let tree = try Self.tree([
            "power_state": "D3cold\n", "config": .bytes(PCIConfigSpaceTests.endpoint),
            "vpd": .bytes(PCIVitalProductDataTests.sample()),
        ])
        let live = try Self.read(tree, live: true)
        #expect(live.gaps.map(\.kind) == [.excluded])
        #expect(live.components.last?.serial == nil)
        #expect(live.components.last?.properties["maxLinkSpeed"] == nil)
        #expect(live.components.last?.ids["device"] == "1521")
        #expect(try Self.read(tree).components.last?.serial == "0042")
    }

    @Test("a loop in the capability list is a gap that names the function")
    func reportsBrokenConfigurationSpace() throws {
        var config = PCIConfigSpaceTests.endpoint
        config[0x41] = 0x40
        let output = try Self.read(try Self.tree(["config": .bytes(config)]))
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.first?.path == Self.bus + "0000:03:00.0/config")
        #expect(output.components.last?.properties["capabilities"] == "01")
    }

    @Test(
        "functions of a hypervisor are virtual, whether by their own id or by that of their subsystem",
        arguments: [
            ("vendor", "0x1af4\n"), ("vendor", "0x15ad\n"), ("subsystem_vendor", "0x1af4\n"),
            ("subsystem_vendor", "0x80ee\n"),
        ])
    func knowsHypervisors(_ name: String, _ value: String) throws {
        let output = try Self.read(try Self.tree([name: .init(stringLiteral: value)]))
        #expect(output.components.map(\.evidence.access) == [.direct, .virtual])
    }

    @Test("without a bus directory the device directories are walked, those below a function's own root bus included")
    func walksDeviceDirectories() throws {
        let tree = try HostTree([
            "/sys/devices/pci0000:00/0000:00:0e.0/vendor": "0x8086\n",
            "/sys/devices/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0/vendor": "0x8086\n",
            "/sys/devices/pci0000:00/power/vendor": "0x8086\n",
        ])
        let output = try Self.read(tree)
        #expect(output.components.map(\.location) == ["pci/0000:00:0e.0", "pci/10000:e0:06.0"])
        #expect(output.components.last?.properties["slotPath"] == "0000:00/0e.0/10000:e0/06.0")
        #expect(output.components.last?.properties["parent"] == "pci/0000:00:0e.0")
    }

    @Test("a virtual function shows ones where its ids would be; sysfs has them from the physical function")
    func readsVirtualFunction() throws {
        var config = PCIConfigSpaceTests.endpoint
        config.replaceSubrange(0..<4, with: [0xff, 0xff, 0xff, 0xff])
        let tree = try Self.tree(["config": .bytes(config), "physfn": .link("../0000:03:00.1")])
        let output = try Self.read(tree)
        #expect(output.gaps.isEmpty)
        #expect(output.components.last?.ids["device"] == "1521")
        #expect(output.components.last?.properties["physicalFunction"] == "pci/0000:03:00.1")
        try tree.remove("/sys/devices/pci0000:00/0000:00:1c.0/0000:03:00.0/vendor")
        #expect(try Self.read(tree).gaps.map(\.kind) == [.absent])
        #expect(try Self.read(tree).components.last?.ids["device"] == "1521")
    }

    @Test("an entry of the bus without ids is a part nevertheless, and its gap says so")
    func reportsFunctionWithoutIDs() throws {
        let output = try Self.read(try HostTree([Self.bus + "0000:00:02.0": .link("../../../devices/gone")]))
        #expect(output.components.map(\.location) == ["pci/0000:00:02.0"])
        #expect(output.components.first?.ids == [:])
        #expect(output.gaps.map(\.kind) == [.absent])
        #expect(output.gaps.map(\.path) == [Self.bus + "0000:00:02.0/vendor"])
    }

    @Test(
        "a vendor id that is no id hides neither the part nor its other ids; the gap says what is wrong",
        arguments: ["0xzzzz\n", "0x80861\n", "-1\n", "\u{1b}[2J"])
    func keepsFunctionWithMalformedID(_ text: String) throws {
        let output = try Self.read(try Self.tree(["vendor": .text(text)]))
        #expect(output.components.count == 2)
        #expect(output.components.last?.ids["vendor"] == nil)
        #expect(output.components.last?.ids["device"] == "1521")
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == [Self.bus + "0000:03:00.0/vendor"])
    }

    @Test("ids that are directories, all of them, are one gap")
    func foldsUnreadableIDs() throws {
        let tree = try Self.tree()
        let card = "/sys/devices/pci0000:00/0000:00:1c.0/0000:03:00.0/"
        for name in ["vendor", "device", "class"] {
            try tree.remove(card + name)
            try tree.set(card + name, .directory)
        }
        let output = try Self.read(tree)
        #expect(output.components.last?.ids["subsystemVendor"] == "15d9")
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.first?.path == Self.bus + "0000:03:00.0/vendor")
        #expect(output.gaps.first?.detail.contains("2 more attributes") == true)
    }

    @Test("ids that may not be read are one gap of that kind", .enabled(if: geteuid() != 0, "root may read everything"))
    func keepsFunctionThatIsDenied() throws {
        let tree = try Self.tree()
        let card = "/sys/devices/pci0000:00/0000:00:1c.0/0000:03:00.0/"
        for name in ["vendor", "device"] { #expect(chmod(tree.path + card + name, 0) == 0) }
        let output = try Self.read(tree)
        #expect(output.components.last?.ids["class"] == "020000")
        #expect(output.gaps.map(\.kind) == [.denied])
    }

    @Test("a link that trains to another speed changes nothing; missing lanes show")
    func leavesOutWhatMovesWithLoad() throws {
        let idle = try Self.tree(["current_link_width": "4\n"])
        let busy = try Self.tree(["current_link_width": "4\n", "current_link_speed": "5.0 GT/s PCIe\n"])
        #expect(try Self.read(idle) == Self.read(busy))
        let properties = try #require(try Self.read(idle).components.last?.properties)
        #expect(properties["currentLinkWidth"] == nil)
        #expect(properties["currentLinkSpeed"] == nil)
        #expect(properties["maxLinkWidth"] == "4")
        #expect(try Self.read(Self.tree()).components.last?.properties["currentLinkWidth"] == "1")
    }

    @Test func findsNothingWhereThereIsNoBus() throws {
        let output = try Self.read(try HostTree(["/sys/devices/platform/x": "y"]))
        #expect(output == ProbeOutput())
    }
}

/// Recorded machines.
@Suite(.enabled(if: Corpus.isAvailable)) struct PCIProbeCorpusTests {
    @Test(arguments: Corpus.isAvailable ? ExtractedArchive.withPCI : [])
    func agreesWithRecordedTree(_ name: String) throws {
        let archive = try ExtractedArchive(name)
        let expected = archive.facts.pciIDs ?? [:]
        let context = ProbeContext(root: try archive.root())
        let output = PCIProbe().read(context)
        // A directory that was recorded without ids is a part, but the recording's own count does not know it.
        let found = output.components.filter { $0.ids["vendor"] != nil }.map { part in
            let ids = part.ids
            return (part.location, "0x\(ids["vendor"] ?? ""):0x\(ids["device"] ?? "") class 0x\(ids["class"] ?? "")")
        }
        #expect(
            Dictionary(uniqueKeysWithValues: found) == expected.reduce(into: [:]) { $0["pci/" + $1.key] = $1.value })
        #expect(PCIProbe().read(context) == output)
    }

    @Test("hex that lspci printed, laid out as sysfs would, gives the same ids and serial numbers")
    func readsLspciDumpsAsSysfs() throws {
        for file in Corpus.files(in: "pci/pciutils", suffix: ".lspci") {
            let dump = LspciDump(try Corpus.text(file))
            let decode = LspciDump(try Corpus.text(file + "-vvvn.txt"))
            let tree = try HostTree()
            for function in dump.functions {
                try tree.set("/sys/bus/pci/devices/\(function.address)/config", .bytes(function.config))
            }
            let output = PCIProbe().read(ProbeContext(root: try tree.root()))
            let expected = decode.functions.sorted { $0.address < $1.address }
            #expect(output.components.map(\.location) == expected.map { "pci/" + $0.address })
            for (part, function) in zip(output.components, expected) {
                let vendor = part.ids["vendor"] ?? ""
                #expect("\(part.ids["class"]?.prefix(4) ?? ""): \(vendor):\(part.ids["device"] ?? "")" == function.ids)
                let serial = function.capabilities.first { $0.name.hasPrefix("Device Serial Number") }
                let text = serial?.name.split(separator: " ").last.map(String.init)
                #expect(part.properties["deviceSerialNumber"] == text)
            }
        }
    }
}
