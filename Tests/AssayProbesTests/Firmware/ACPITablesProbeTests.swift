import AssayHost
import AssayModel
import AssayTestKit
import Glibc
import Testing

@testable import AssayProbes

@Suite struct ACPITablesProbeTests {
    private static let folder = "/sys/firmware/acpi/tables/"

    private static func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        return try withExtendedLifetime(tree) { ACPITablesProbe().read(ProbeContext(root: try tree.root())) }
    }

    @Test func reportsTables() throws {
        let table = ACPITableBytes.table("SSDT", [1, 2, 3])
        let output = try Self.read([
            Self.folder + "SSDT1": .bytes(table + [0, 0]), Self.folder + "SSDT10": .bytes(table),
            Self.folder + "FACS": .bytes(ACPITableBytes.table("FACS")), Self.folder + "data/BERT": "x",
            Self.folder + "dynamic/SSDT2": .bytes(table),
        ])
        #expect(output.gaps.isEmpty)
        #expect(output.firmware.map(\.location) == ["fw/acpi/SSDT1", "fw/acpi/SSDT10", "fw/acpi/dynamic/SSDT2"])
        let first = try #require(output.firmware.first)
        #expect(first.manufacturer == "MAKER" && first.model == "MODEL" && first.revision == "00000001")
        #expect(first.digests == ["table": .sha256(of: table)])
        #expect(first.properties["creator"] == "COMP" && first.properties["size"] == "39")
        #expect(first.properties["raw.model"] == "MODEL   ")
        #expect(first.evidence.access == .reported)
    }

    @Test(
        "the OEM id of a fixed table names a hypervisor, and no maker of hardware",
        arguments: [
            ("FIRECK", "FACP", "firecracker"), ("BOCHS ", "DSDT", "QEMU"), ("VRTUAL", "FACP", "Hyper-V"),
            ("VMWARE", "FACP", "VMware"), ("LENOVO", "FACP", nil), ("AMAZON", "FACP", nil), ("FIRECK", "SSDT", nil),
        ] as [(String, String, String?)])
    func namesHypervisors(_ oemID: String, _ signature: String, _ name: String?) throws {
        var table = ACPITableBytes.table(signature)
        table.replaceSubrange(10..<16, with: Array(oemID.utf8))
        table[9] &-= table.reduce(0, &+)
        #expect(try Self.read([Self.folder + signature: .bytes(table)]).device.hypervisor == name)
    }

    @Test func keepsATableWithAWrongChecksum() throws {
        var table = ACPITableBytes.table("SSDT", [1])
        table[36] = 2
        let output = try Self.read([
            Self.folder + "SSDT1": .bytes(table), Self.folder + "DSDT": "short",
            Self.folder + "APIC": .bytes(ACPITableBytes.table("APIC")),
        ])
        #expect(output.firmware.map(\.location) == ["fw/acpi/APIC", "fw/acpi/SSDT1"])
        #expect(output.gaps.map(\.kind) == [.malformed, .malformed])
        #expect(output.gaps.map(\.detail) == ["table length: truncated at byte 5", "table: bad checksum at byte 9"])
    }

    @Test("reads real tables", .enabled(if: Corpus.isAvailable)) func readsTheCorpus() throws {
        var nodes: [String: HostTree.Node] = [:]
        for name in ["DMAR", "FACP", "PHAT"] {
            nodes[Self.folder + name] = .bytes(try Corpus.bytes("efi/acpi/" + name))
        }
        let output = try Self.read(nodes)
        #expect(output.gaps.isEmpty)
        #expect(output.firmware.count == 38)
        #expect(output.firmware.count { $0.location.hasPrefix("fw/phat/") } == 35)
        #expect(output.firmware.first { $0.location == "fw/acpi/PHAT" }?.digests == [:])
        let version = output.firmware.first { $0.location == "fw/phat/dc4f0355-5297-4edb-b4d7-9b83615136e4" }
        #expect(version?.firmwareVersion == "0x0000000200001307")
        #expect(version?.manufacturer == "INTC")
    }

    @Test("one gap stands for a folder that only root may read", .enabled(if: geteuid() != 0))
    func reportsDenialOnce() throws {
        let tree = try HostTree([
            Self.folder + "SSDT1": .bytes(ACPITableBytes.table("SSDT")),
            Self.folder + "SSDT2": .bytes(ACPITableBytes.table("SSDT")),
        ])
        for name in ["SSDT1", "SSDT2"] { #expect(chmod(tree.path + Self.folder + name, 0) == 0) }
        let output = ACPITablesProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.gaps.map(\.kind) == [.denied])
        #expect(output.gaps.map(\.path) == ["/sys/firmware/acpi/tables"])
    }
}
