import AssayModel
import AssayProbes
import AssayTestKit
import Testing

@testable import AssayRules

/// False parts as a kernel would show them, read by the real probes.
@Suite struct SignalsThroughProbesTests {
    private struct Case: Sendable {
        let rule: String
        let nodes: [String: HostTree.Node]
        let path: String
    }

    private static let function = "/sys/devices/pci0000:00/0000:01:00.0"
    private static let card = "/sys/devices/platform/soc/mmc0/mmc_host/mmc0/mmc0:0001"
    private static let device = "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-1"

    private static let cases: [Case] = [
        Case(
            rule: "signal/samsung-controller",
            nodes: [
                function + "/vendor": "0x1e4b\n", function + "/device": "0x1202\n", function + "/class": "0x010802\n",
                function + "/nvme/nvme0/model": "Samsung SSD 980 PRO 1TB\n",
                "/sys/class/nvme/nvme0": .link("../../devices/pci0000:00/0000:01:00.0/nvme/nvme0"),
                "/sys/bus/pci/devices/0000:01:00.0": .link("../../../devices/pci0000:00/0000:01:00.0"),
            ], path: function + "/nvme/nvme0/device/vendor"),
        Case(
            rule: "signal/card-empty-id",
            nodes: [
                card + "/type": "SD\n", card + "/cid": "0000000000000000000000375600ea00\n",
                "/sys/bus/mmc/devices/mmc0:0001": .link("../../../" + card.dropFirst(5)),
            ], path: "/sys/bus/mmc/devices/mmc0:0001/cid"),
        Case(
            rule: "signal/ftdi-bricked",
            nodes: [
                device + "/idVendor": "0403\n", device + "/idProduct": "0000\n", device + "/bcdDevice": "0600\n",
                "/sys/bus/usb/devices/1-1": .link("../../../" + device.dropFirst(5)),
            ], path: "/sys/bus/usb/devices/1-1/idProduct"),
    ]

    @Test("A false part gives its finding, and the path to see the same", arguments: cases.indices)
    func shown(_ index: Int) throws {
        let test = Self.cases[index]
        let tree = try HostTree(test.nodes)
        let output = ProbeRunner([PCIProbe(), USBProbe(), BlockStorageProbe()])
            .run(ProbeContext(root: try tree.root()))
        let inventory = InventorySnapshot(components: output.components)
        let findings = Evaluation(profile: nil).run(inventory).findings.filter { $0.confidence == .a }
        #expect(findings.map(\.rule) == [test.rule])
        #expect(findings.first?.reproduction?.path == test.path)
    }
}
