import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct USBProbeTests {
    private static let controller = "/sys/devices/pci0000:00/0000:00:14.0"
    private static let stick = controller + "/usb1/1-2"

    /// A root hub with one device on port 2.
    private static func tree(_ more: [String: HostTree.Node] = [:]) throws -> HostTree {
        let hub = controller + "/usb1"
        var nodes: [String: HostTree.Node] = [
            controller + "/vendor": "0x8086\n", controller + "/subsystem_vendor": "0x17aa\n",
            "/sys/bus/usb/devices/usb1": .link("../../../devices/pci0000:00/0000:00:14.0/usb1"),
            "/sys/bus/usb/devices/1-0:1.0": .link("../../../devices/pci0000:00/0000:00:14.0/usb1/1-0:1.0"),
            "/sys/bus/usb/devices/1-2": .link("../../../devices/pci0000:00/0000:00:14.0/usb1/1-2"),
            "/sys/bus/usb/devices/1-2:1.0": .link("../../../devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0"),
            "/sys/bus/usb/devices/1-2:1.1": .link("../../../devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.1"),
            hub + "/idVendor": "1d6b\n", hub + "/idProduct": "0002\n", hub + "/bcdDevice": "0601\n",
            hub + "/speed": "480\n", hub + "/1-0:1.0/driver": .link("../../../../../../bus/usb/drivers/hub"),
            stick + "/descriptors": .bytes(USBDescriptorSetTests.keyboardWithStorage),
            stick + "/idVendor": "1234\n", stick + "/idProduct": "5678\n", stick + "/bcdDevice": "0102\n",
            stick + "/manufacturer": "Maker  \n", stick + "/product": "Stick\n", stick + "/serial": "S 1\n",
            stick + "/speed": "480\n", stick + "/removable": "removable\n", stick + "/authorized": "1\n",
            stick + "/port": .link("../1-0:1.0/usb1-port2"),
            hub + "/1-0:1.0/usb1-port2/connect_type": "hotplug\n",
            stick + "/1-2:1.0/driver": .link("../../../../../../../bus/usb/drivers/usbhid"),
            stick + "/1-2:1.1/driver": .link("../../../../../../../bus/usb/drivers/usb-storage"),
        ]
        for (name, node) in more { nodes[stick + "/" + name] = node }
        return try HostTree(nodes)
    }

    private static func read(_ tree: HostTree) throws -> ProbeOutput {
        USBProbe().read(ProbeContext(root: try tree.root(), mayOpenDeviceNodes: true))
    }

    @Test func readsAttributes() throws {
        let output = try Self.read(try Self.tree())
        #expect(output.gaps.isEmpty)
        #expect(output.components.map(\.location) == ["usb/1-2", "usb/usb1"])
        let stick = try #require(output.components.first)
        #expect(stick.ids == ["vendor": "1234", "device": "5678", "revision": "0102", "class": "000000"])
        #expect(stick.manufacturer == "Maker")
        #expect(stick.model == "Stick")
        #expect(stick.serial == "S 1")
        #expect(stick.revision == "1.02")
        #expect(stick.evidence == Evidence(probe: "usb/devices", path: "/sys/bus/usb/devices/1-2"))
        #expect(stick.digests["descriptors"] == .sha256(of: USBDescriptorSetTests.keyboardWithStorage))
        var properties = stick.properties
        #expect(properties.removeValue(forKey: "usbguardHash")?.utf8.count == 44)
        #expect(
            properties == [
                "raw.manufacturer": "Maker  ", "interfaces": "03:01:01 08:06:50 08:06:62", "usbVersion": "2.00",
                "speed": "480", "connectType": "hotplug", "removable": "removable", "authorized": "1",
                "maxPower": "100mA", "drivers": "usb-storage usbhid", "configurations": "1", "parent": "usb/usb1",
                "maxPacketSize": "64",
            ])
        let hub = try #require(output.components.last)
        #expect(hub.properties["parent"] == "pci/0000:00:14.0")
        #expect(hub.properties["drivers"] == "hub")
    }

    @Test("a device that describes itself otherwise than sysfs does not hide what sysfs says")
    func sysfsIDsComeFirst() throws {
        let part = try Self.read(try Self.tree(["idProduct": "9999\n"])).components.first
        #expect(part?.ids["device"] == "9999")
    }

    @Test("without descriptors the attributes of device and interfaces are what there is")
    func readsAttributesAlone() throws {
        let tree = try Self.tree([
            "bDeviceClass": "ef\n", "bDeviceSubClass": "02\n", "bDeviceProtocol": "01\n", "version": " 2.00\n",
            "1-2:1.1/bInterfaceClass": "08\n", "1-2:1.1/bInterfaceSubClass": "06\n",
            "1-2:1.1/bInterfaceProtocol": "50\n", "1-2:1.0/bInterfaceClass": "03\n",
            "1-2:1.0/bInterfaceSubClass": "01\n", "1-2:1.0/bInterfaceProtocol": "01\n",
        ])
        try tree.remove(Self.stick + "/descriptors")
        let part = try #require(try Self.read(tree).components.first)
        #expect(part.ids["class"] == "ef0201")
        #expect(part.properties["interfaces"] == "03:01:01 08:06:50")
        #expect(part.properties["usbVersion"] == "2.00")
        #expect(part.digests.isEmpty)
    }

    @Test("SuperSpeed counts power in units of 8 mA")
    func knowsUnitOfPower() throws {
        let part = try Self.read(try Self.tree(["speed": "5000\n"])).components.first
        #expect(part?.properties["maxPower"] == "400mA")
    }

    @Test func readsBinaryObjectStore() throws {
        let store = USBBinaryObjectStoreTests.sample
        let part = try Self.read(try Self.tree(["bos_descriptors": .bytes(store)])).components.first
        #expect(part?.properties["containerId"] == "03020100-0504-0706-0809-0a0b0c0d0e0f")
        #expect(part?.properties["capabilities"] == "02 04")
        #expect(part?.digests["bos"] == .sha256(of: store))
    }

    @Test(
        "hostile descriptors are a gap that names the device, beside what could be read",
        arguments: [
            (USBDescriptorSetTests.keyboardWithStorage.dropLast() + [0, 0], Gap.Kind.malformed),
            (USBDescriptorSetTests.keyboardWithStorage.dropLast(3), .malformed),
            (USBDescriptorSetTests.keyboardWithStorage + [UInt8](repeating: 2, count: 1 << 17), .tooLarge),
        ] as [([UInt8], Gap.Kind)])
    func reportsHostileDescriptors(_ bytes: [UInt8], _ kind: Gap.Kind) throws {
        let output = try Self.read(try Self.tree(["descriptors": .bytes(bytes)]))
        #expect(output.gaps.map(\.kind) == [kind])
        #expect(output.gaps.first?.path == "/sys/bus/usb/devices/1-2/descriptors")
        #expect(output.gaps.first?.detail.contains("1-2") == true)
        #expect(output.components.first?.properties["interfaces"] == "03:01:01 08:06:50 08:06:62")
        #expect(output.components.first?.ids["vendor"] == "1234")
    }

    @Test("bytes that are no descriptors at all leave the attributes")
    func reportsNoise() throws {
        let output = try Self.read(try Self.tree(["descriptors": .bytes([0xff, 0xff])]))
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.components.first?.model == "Stick")
        #expect(output.components.first?.digests["identity"] == nil)
    }

    @Test(
        "behind a hypervisor's controller, USB/IP or a test driver every device is virtual",
        arguments: ["pci0000:00/0000:00:05.0", "platform/vhci_hcd.0", "platform/dummy_hcd.0"])
    func knowsVirtualControllers(_ controller: String) throws {
        let tree = try HostTree([
            "/sys/devices/pci0000:00/0000:00:05.0/vendor": "0x1b36\n",
            "/sys/bus/usb/devices/3-1": .link("../../../devices/\(controller)/usb3/3-1"),
            "/sys/devices/\(controller)/usb3/3-1/idVendor": "1234\n",
        ])
        #expect(try Self.read(tree).components.map(\.evidence.access) == [.virtual])
    }

    @Test("without a bus directory the device directories of a recorded tree are searched")
    func searchesRecordedTree() throws {
        let tree = try HostTree([
            "/sys/devices/platform/soc/fd500000.usb/xhci-hcd.0.auto/usb2/idVendor": "1d6b\n",
            "/sys/devices/platform/soc/fd500000.usb/xhci-hcd.0.auto/usb2/2-1/idVendor": "8087\n",
            "/sys/devices/platform/soc/fd500000.usb/xhci-hcd.0.auto/usb2/2-1/2-1.4/idVendor": "1234\n",
            "/sys/devices/platform/soc/fd500000.usb/xhci-hcd.0.auto/usb2/2-1/2-1.4/2-1.4:1.0/driver": .link("../x"),
            "/sys/devices/virtual/usb9/idVendor": "1d6b\n",
        ])
        let output = try Self.read(tree)
        #expect(output.components.map(\.location) == ["usb/usb2", "usb/2-1", "usb/2-1.4"])
        #expect(output.components.last?.properties["parent"] == "usb/2-1")
        #expect(output.components.last?.properties["drivers"] == "x")
    }

    @Test("a vendor id that is no id hides neither the device nor its product id", arguments: ["zz\n", "12345\n"])
    func keepsDeviceWithMalformedID(_ text: String) throws {
        let hub = Self.controller + "/usb1/"
        let tree = try Self.tree()
        try tree.set(hub + "idVendor", .text(text))
        let output = try Self.read(tree)
        #expect(output.components.last?.location == "usb/usb1")
        #expect(output.components.last?.ids["vendor"] == nil)
        #expect(output.components.last?.ids["device"] == "0002")
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == ["/sys/bus/usb/devices/usb1/idVendor"])
    }

    @Test("an entry of the bus without ids is a part nevertheless, and its gap says so")
    func reportsDeviceWithoutIDs() throws {
        let output = try Self.read(try HostTree(["/sys/bus/usb/devices/1-7": .link("../../../devices/gone")]))
        #expect(output.components.map(\.location) == ["usb/1-7"])
        #expect(output.gaps.map(\.kind) == [.absent])
        #expect(output.gaps.map(\.path) == ["/sys/bus/usb/devices/1-7/idVendor"])
    }

    @Test func findsNothingWhereThereIsNoBus() throws {
        #expect(try Self.read(try HostTree(["/sys/devices/platform/x": "y"])) == ProbeOutput())
    }
}

/// Recorded machines.
@Suite(.enabled(if: Corpus.isAvailable)) struct USBProbeCorpusTests {
    @Test(arguments: Corpus.isAvailable ? USBExpectation.recordings : [])
    func agreesWithRecording(_ recording: String) throws {
        let tree = try UmockdevTree.make(try Corpus.text(recording + ".umockdev"))
        let context = ProbeContext(root: try tree.root())
        let output = USBProbe().read(context)
        let expected = try USBExpectation.read(recording).sorted { $0.name < $1.name }
        #expect(output.gaps.isEmpty)
        let parts = output.components.sorted { $0.location < $1.location }
        #expect(parts.map(\.location) == expected.map { "usb/" + $0.name })
        for (part, device) in zip(parts, expected) { check(part, device) }
        #expect(USBProbe().read(context) == output)
    }

    private func check(_ part: Component, _ device: USBExpectation) {
        #expect(part.ids["vendor"] == device.idVendor)
        #expect(part.ids["device"] == device.idProduct)
        #expect(part.ids["revision"] == device.bcdDevice)
        #expect(part.manufacturer == device.manufacturer.flatMap(DeviceText.normalize))
        #expect(part.model == device.product.flatMap(DeviceText.normalize))
        #expect(part.serial == device.serial.flatMap(DeviceText.normalize))
        #expect(part.properties["speed"] == device.speed)
        #expect(part.properties["usbguardHash"] == device.usbguardHash)
    }

    @Test(arguments: ["hwloc/2pa-pcidomain32bits", "hwloc/32em64t-2n8c+dax+nvme+mic+dimms"])
    func agreesWithRecordedTree(_ name: String) throws {
        let archive = try ExtractedArchive("sysfs-trees/\(name).tar.bz2")
        let output = USBProbe().read(ProbeContext(root: try archive.root()))
        let expected = archive.facts.usbIDs ?? [:]
        #expect(!expected.isEmpty)
        let found = output.components.map { ($0.location, "\($0.ids["vendor"] ?? ""):\($0.ids["device"] ?? "")") }
        #expect(
            Dictionary(uniqueKeysWithValues: found) == expected.reduce(into: [:]) { $0["usb/" + $1.key] = $1.value })
        #expect(output.gaps.isEmpty)
        let described = Set((archive.facts.descriptorLengths ?? [:]).keys.map { "usb/" + $0 })
        #expect(Set(output.components.filter { $0.digests["identity"] != nil }.map(\.location)) == described)
    }
}
