import AssayHost
import AssayModel
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayProbes

@Suite struct NVMeDriveTests {
    private func drives(_ root: HostRoot) -> [Component] {
        var output = BlockStorageProbe().read(ProbeContext(root: root))
        output.sort()
        #expect(output.gaps.isEmpty)
        return output.components.filter { $0.properties["kind"] == "nvme" }
    }

    @Test("a dual-ported drive is one part", .enabled(if: Corpus.isAvailable))
    func agreesWithLibnvme() throws {
        let tree = try RecordedTree(corpus: "sysfs-trees/libnvme/tree-pcie.tar.xz")
        let drives = drives(try tree.root())
        #expect(drives.map(\.location) == ["storage/pci/0214:90:00.0", "storage/pci/052e:78:00.0"])
        struct Facts: Decodable {
            var controllers: [String: [String: String]]
            private enum CodingKeys: String, CodingKey { case controllers = "nvme_controllers" }
        }
        let facts = try JSONDecoder().decode(
            Facts.self, from: Data(try Corpus.bytes("sysfs-trees/libnvme/tree-pcie.facts.json"))
        ).controllers
        for (drive, controller) in zip(drives, ["nvme0", "nvme1"]) {
            #expect(drive.model == facts[controller]?["model"])
            #expect(drive.serial == facts[controller]?["serial"])
            #expect(drive.firmwareVersion == facts[controller]?["firmware_rev"])
        }
        #expect(
            drives.map { $0.properties["subsystemNQN"] } == [
                "nqn.1994-11.com.samsung:nvme:PM1743:2.5-inch:S7DFNG0W700063",
                "nqn.1994-11.com.samsung:nvme:PM1735a:2.5-inch:S6RTNE0R900057",
            ])
        #expect(drives.last?.properties["parents"] == "pci/052e:78:00.0 pci/058e:78:00.0")
        #expect(drives.last?.properties["namespace.1.wwid"] == "eui.36525430529000570025384500000001")
        #expect(drives.last?.properties["raw.model"] == "3.2TB NVMe Gen4 U.2 SSD III             ")
    }

    @Test(
        "trees that hold the block device alone", .enabled(if: Corpus.isAvailable),
        arguments: [
            (
                "sysfs-trees/ghw/linux-amd64-415ee03b8c4d1c4f07ae2e9d8b3d3d6d.tar.gz", "storage/pci/0000:04:00.0",
                String?.none, Evidence.Access.direct
            ),
            (
                "sysfs-trees/ghw/linux-arm64-c288e0776090cd558ef793b2a4e61939.tar.gz", "storage/pci/0000:00:04.0",
                "Amazon Elastic Block Store", .virtual
            ),
            (
                "sysfs-trees/hwloc/32em64t-2n8c+dax+nvme+mic+dimms.tar.bz2", "storage/pci/0000:00:02.0", nil, .direct
            ),
        ])
    func readsBlockDevices(
        _ archive: String, _ location: String, _ model: String?, _ access: Evidence.Access
    ) throws {
        let tree = try RecordedTree(corpus: archive)
        let drives = drives(try tree.root())
        #expect(drives.map(\.location) == [location])
        #expect(drives.first?.model == model)
        #expect(drives.first?.evidence.access == access)
    }

    @Test func aRemoteTargetIsBridged() throws {
        let controller = "/sys/devices/virtual/nvme-fabrics/ctl/nvme3"
        let tree = try HostTree([
            "/sys/class/nvme/nvme3": .link("../../devices/virtual/nvme-fabrics/ctl/nvme3"),
            controller + "/model": "Linux\n", controller + "/serial": "0123\n", controller + "/transport": "tcp\n",
            controller + "/subsysnqn": "nqn.2014-08.org.nvmexpress:uuid:1\n", controller + "/address": "traddr=h\n",
            "/sys/class/nvme/nvme4/transport": "tcp\n", "/sys/class/nvme/nvme4/cntrltype": "discovery\n",
        ])
        let drives = drives(try tree.root())
        #expect(drives.map(\.location) == ["storage/nvme/nqn.2014-08.org.nvmexpress:uuid:1"])
        #expect(drives.first?.evidence.access == .bridged)
    }
}
