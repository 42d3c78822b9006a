import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct RecordedTreesTests {
    static let archives = Corpus.files(in: "sysfs-trees").filter {
        $0.hasSuffix(".tar.gz") || $0.hasSuffix(".tar.bz2") || $0.hasSuffix(".tar.xz") || $0.hasSuffix(".ttar")
    }
    static let probes: [any Probe] = [
        BlockStorageProbe(), NetworkProbe(), DeviceTreeProbe(), ProcessorProbe(), PowerProbe(), BoardBusesProbe(),
        DisplayProbe(), MemoryModuleProbe(), DeviceClassProbe(),
    ]

    @Test(
        "every recorded machine reads twice alike, each part at a place of its own",
        .enabled(if: Corpus.isAvailable), arguments: archives)
    func readsTwiceAlike(_ archive: String) throws {
        let tree = try RecordedTree(corpus: archive)
        let root = try tree.root()
        for probe in Self.probes {
            var (first, second) = (probe.read(ProbeContext(root: root)), probe.read(ProbeContext(root: root)))
            first.sort()
            second.sort()
            #expect(first == second)
            #expect(try CanonicalJSON.encode(first.components) == CanonicalJSON.encode(second.components))
            let locations = (first.components + first.firmware).map(\.location)
            #expect(Set(locations).count == locations.count, "\(locations)")
            #expect(first.gaps.isEmpty, "\(first.gaps)")
            let id = type(of: probe).descriptor.id
            #expect((first.components + first.firmware).allSatisfy { $0.evidence.probe == id })
        }
    }

    @Test("a tree whose every attribute is a directory, a loop or garbage leaves gaps, not crashes")
    func hostileTree() throws {
        let garbage = HostTree.Node.bytes((0...255).map { UInt8($0) })
        let tree = try HostTree([
            "/proc/cpuinfo": garbage, "/sys/class/nvme/nvme0/model": .directory,
            "/sys/class/nvme/nvme0/serial": .link("serial"), "/sys/class/net/eth0/device": .directory,
            "/sys/class/net/eth0/address": garbage, "/sys/bus/mmc/devices/mmc0:0001/type": "SD",
            "/sys/bus/mmc/devices/mmc0:0001/cid": garbage, "/sys/bus/mmc/devices/mmc0:0001/csd": .directory,
            "/sys/firmware/devicetree/base/model": .directory, "/sys/firmware/fdt": garbage,
            "/sys/class/power_supply/x/type": garbage, "/sys/bus/i2c/devices/-": .directory,
            "/sys/bus/sdio/devices/::": .directory, "/sys/bus/w1/devices/-": .directory,
            "/sys/class/drm/card-/edid": garbage, "/sys/block/sda/device/model": "x",
            "/sys/block/sda/device/vpd_pg80": garbage, "/sys/block/sda/device/vpd_pg83": garbage,
        ])
        let root = try tree.root()
        var kinds: Set<Gap.Kind> = []
        for probe in Self.probes { kinds.formUnion(probe.read(ProbeContext(root: root)).gaps.map(\.kind)) }
        #expect(kinds == [.malformed])
    }
}
