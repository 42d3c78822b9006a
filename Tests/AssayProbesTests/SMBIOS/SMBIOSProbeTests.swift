import AssayHost
import AssayModel
import AssayTestKit
import Glibc
import Testing

@testable import AssayProbes

@Suite("SMBIOS probe")
struct SMBIOSProbeTests {
    private static let path = SMBIOSSource.table
    private static let table: [UInt8] = SMBIOSFixture.machine

    private func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        defer { withExtendedLifetime(tree) {} }
        return SMBIOSProbe().read(ProbeContext(root: try tree.root()))
    }

    private func component(_ location: String, in output: ProbeOutput) throws -> Component {
        try #require((output.components + output.firmware).first { $0.location == location })
    }

    private func entry(length: Int = table.count, count: Int = 8) -> HostTree.Node {
        .bytes(SMBIOSFixture.entryPoint32(length: length, count: count))
    }

    @Test("reports the parts of a machine") func parts() throws {
        let output = try read([Self.path: .bytes(Self.table), SMBIOSSource.entryPoint: entry()])
        #expect(output.gaps.isEmpty)
        #expect(
            output.components.map(\.location) == [
                "board/0", "chassis/0", "dimm/BANK 0/DIMM0", "dimm/BANK 1/DIMM0", "smbios/type221/0x0030", "system",
            ])
        #expect(output.firmware.map(\.location) == ["fw/bios", "fw/ec"])
        #expect(output.firmware.map(\.firmwareVersion) == ["1.07", "1.9"])
        #expect(output.device.manufacturer == "Advantech")
        #expect(output.device.model == "UNO-2484G")
        #expect(output.device.serial == "KSA1234567")
        #expect(output.device.uuid == "04030201-0605-0807-090a-0b0c0d0e0f10")
        #expect(output.device.boardModel == "UNO-BOARD")
        #expect(output.device.hypervisor == nil)
        let system = try component("system", in: output)
        #expect(system.digests["smbiosTable"] == .sha256(of: Self.table))
        #expect(system.properties["smbios.version"] == "2.7")
        #expect(system.evidence == Evidence(probe: "smbios/tables", path: Self.path, access: .reported))
        let firmware = try component("fw/bios", in: output)
        #expect(firmware.properties["raw.firmwareVersion"] == "1.07 ")
        #expect(firmware.properties["romSize"] == "1048576")
        #expect(firmware.properties["releaseDate"] == "05/19/2017")
    }

    @Test("an empty socket does not look like a module") func emptySocket() throws {
        let output = try read([Self.path: .bytes(Self.table)])
        let module = try component("dimm/BANK 0/DIMM0", in: output)
        #expect(module.manufacturer == "SK Hynix")
        #expect(module.partNumber == "HMA81GS6")
        #expect(module.properties["populated"] == "true")
        #expect(module.properties["size"] == "8589934592")
        #expect(module.properties["sizeText"] == "8 GB")
        #expect(module.properties["type"] == "DDR4")
        #expect(module.properties["formFactor"] == "SODIMM")
        #expect(module.properties["speed"] == "2400 MT/s")
        let socket = try component("dimm/BANK 1/DIMM0", in: output)
        #expect(socket.properties["populated"] == "false")
        #expect(socket.manufacturer == nil)
        #expect(socket.serial == nil)
        #expect(socket.properties["raw.manufacturer"] == "Empty")
        #expect(socket.properties["size"] == nil)
    }

    @Test("keeps the vendor's own structures with a digest") func vendorStructure() throws {
        let vendor = try component("smbios/type221/0x0030", in: try read([Self.path: .bytes(Self.table)]))
        #expect(vendor.componentClass == .vendorSpecific)
        #expect(vendor.digests["structure"] == .sha256(of: [221, 7, 0x30, 0, 1, 2, 3, 0, 0] as [UInt8]))
    }

    @Test(
        "reads a dump file in either place", arguments: [SMBIOSSource.table, SMBIOSSource.entryPoint])
    func dump(_ place: String) throws {
        let head = SMBIOSFixture.entryPoint32(length: Self.table.count, count: 8) + [0]
        let output = try read([place: .bytes(head + Self.table)])
        #expect(output.gaps.isEmpty)
        #expect(output.device.serial == "KSA1234567")
        #expect(try component("system", in: output).evidence.path == place)
        #expect(try component("system", in: output).digests["smbiosTable"] == .sha256(of: Self.table))
    }

    @Test("reads a dump file of SMBIOS 3") func dump64() throws {
        let head = SMBIOSFixture.entryPoint64(length: Self.table.count) + [UInt8](repeating: 0, count: 8)
        let output = try read([Self.path: .bytes(head + Self.table)])
        #expect(output.gaps.isEmpty)
        #expect(try component("system", in: output).properties["smbios.version"] == "3.2")
    }

    @Test("a wrong checksum is a gap, and the table is read") func badChecksum() throws {
        var bytes = SMBIOSFixture.entryPoint32(length: Self.table.count, count: 8)
        bytes[4] ^= 1
        let output = try read([Self.path: .bytes(Self.table), SMBIOSSource.entryPoint: .bytes(bytes)])
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == [SMBIOSSource.entryPoint])
        #expect(output.gaps[0].detail.contains("bad checksum"))
        #expect(output.device.serial == "KSA1234567")
    }

    @Test(
        "a length or count that the table does not have is a gap",
        arguments: [(table.count + 9, 8), (table.count - 6, 7), (table.count, 9)])
    func mismatch(_ length: Int, _ count: Int) throws {
        let output = try read([
            Self.path: .bytes(Self.table), SMBIOSSource.entryPoint: entry(length: length, count: count),
        ])
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == [Self.path])
        #expect(output.device.serial == "KSA1234567")
    }

    @Test("a string number past the end is a gap that names the field") func badString() throws {
        let bytes = SMBIOSFixture.structure(2, handle: 0x2b, [1, 7, 0, 0], strings: ["Maker"]) + SMBIOSFixture.end
        let output = try read([Self.path: .bytes(bytes)])
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps[0].detail.hasPrefix("type 2 handle 0x002b: "))
        #expect(output.gaps[0].detail.contains("\"Product Name\""))
        #expect(try component("board/0", in: output).manufacturer == "Maker")
    }

    @Test("many bad strings do not make many gaps") func manyBadStrings() throws {
        let one = SMBIOSFixture.structure(8, handle: 1, [9, 0, 9, 0, 0])
        var output = try read([
            Self.path: .bytes(Array(repeatElement(one, count: 300).joined()) + SMBIOSFixture.end)
        ])
        output.limitGaps()
        #expect(output.gaps.count == GapTally.standardLimit + 1)
        #expect(output.components.filter { $0.componentClass == .port }.count == 300)
    }

    @Test("a table over the limit is refused") func tooLarge() throws {
        let output = try read([Self.path: .bytes([UInt8](repeating: 0, count: SMBIOSTable.byteLimit + 1))])
        #expect(output.gaps.map(\.kind) == [.tooLarge])
        #expect(output.components.isEmpty)
    }

    @Test("a machine without SMBIOS has neither parts nor gaps") func absent() throws {
        #expect(try read(["/sys/firmware/efi/fw_platform_size": "64"]) == ProbeOutput())
    }

    private static let strings: [String: HostTree.Node] = [
        "/sys/class/dmi/id/sys_vendor": "NVIDIA\n", "/sys/class/dmi/id/product_name": "DGX Spark \n",
        "/sys/class/dmi/id/product_uuid": "00112233-4455-6677-8899-AABBCCDDEEFF\n",
        "/sys/class/dmi/id/product_serial": "\n", "/sys/class/dmi/id/board_name": "P4242\n",
        "/sys/class/dmi/id/chassis_type": "17\n", "/sys/class/dmi/id/bios_version": "5.36\n",
        "/sys/class/dmi/id/ec_firmware_release": "1.7\n",
    ]

    @Test("falls back to the kernel's strings") func kernelStrings() throws {
        let output = try read(Self.strings)
        #expect(output.gaps.isEmpty)
        #expect(output.components.map(\.location) == ["board/0", "chassis/0", "system"])
        #expect(output.firmware.map(\.location) == ["fw/bios", "fw/ec"])
        let system = try component("system", in: output)
        #expect(system.manufacturer == "NVIDIA")
        #expect(system.properties["raw.model"] == "DGX Spark ")
        #expect(system.serial == nil)
        #expect(system.evidence.path == "/sys/class/dmi/id")
        #expect(output.device.uuid == "00112233-4455-6677-8899-aabbccddeeff")
        #expect(try component("chassis/0", in: output).properties["type"] == "Main Server Chassis")
    }

    @Test("the table wins over the kernel's strings, which fill what it lacks") func precedence() throws {
        var nodes = Self.strings
        nodes[Self.path] = .bytes(Self.table)
        let full = try read(nodes)
        #expect(full.device.manufacturer == "Advantech")
        #expect(full.components.filter { $0.componentClass == .system }.count == 1)
        nodes[Self.path] = .bytes(SMBIOSFixture.structure(11, handle: 1, [1], strings: ["x"]) + SMBIOSFixture.end)
        let sparse = try read(nodes)
        #expect(sparse.device.manufacturer == "NVIDIA")
        #expect(try component("system", in: sparse).digests["smbiosTable"] != nil)
    }

    @Test("reads structures one by one where there is no table") func entries() throws {
        let one = SMBIOSFixture.structure(
            17, handle: 2, [16, 0, 0xff, 0xff, 64, 0, 64, 0, 0, 0x20, 9, 0, 1, 0], strings: ["A1"])
        var nodes = Self.strings
        nodes["/sys/firmware/dmi/entries/17-10/raw"] = .bytes(one)
        nodes["/sys/firmware/dmi/entries/17-9/raw"] = .bytes(one)
        let output = try read(nodes)
        #expect(output.gaps.isEmpty)
        let modules = output.components.filter { $0.componentClass == .memory }
        #expect(modules.map(\.location) == ["dimm/A1", "dimm/A1#2"])
        #expect(modules.allSatisfy { $0.evidence.path == "/sys/firmware/dmi/entries" })
        #expect(output.device.manufacturer == "NVIDIA")
    }

    @Test("what a hypervisor answers is virtual") func hypervisor() throws {
        let byName = SMBIOSFixture.structure(1, handle: 1, [1, 2, 0, 0], strings: ["QEMU", "Standard PC"])
        let output = try read([Self.path: .bytes(byName + SMBIOSFixture.end)])
        #expect(output.device.hypervisor == "QEMU")
        #expect(output.components.allSatisfy { $0.evidence.access == .virtual })
        let byBit = SMBIOSFixture.structure(
            0, handle: 0, [0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 9) + [0x10])
        let hidden = try read([Self.path: .bytes(byBit + SMBIOSFixture.end)])
        #expect(hidden.firmware.map(\.evidence.access) == [.virtual])
    }

    @Test("says which privilege opens a denied file") func denied() throws {
        let tree = try HostTree()
        let failure = HostFailure(.denied, path: Self.path)
        let gap = SMBIOSProbe.gap(for: failure, in: try HostRoot(path: tree.path, isLive: true))
        #expect(gap.kind == .denied)
        #expect(gap.path == Self.path)
        #expect(gap.detail.contains("CAP_DAC_READ_SEARCH"))
        #expect(!SMBIOSProbe.gap(for: failure, in: try tree.root()).detail.contains("CAP_"))
    }

    @Test("reads the strings where the table is denied", .enabled(if: geteuid() != 0, "root may read everything"))
    func deniedTable() throws {
        let files = [Self.path, SMBIOSSource.entries + "/1-0/raw", "/sys/class/dmi/id/board_serial"]
        let tree = try HostTree(Self.strings.merging(files.map { ($0, .bytes(Self.table)) }) { $1 })
        for file in files { #expect(chmod(tree.path + file, 0) == 0) }
        let output = SMBIOSProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.gaps.map(\.kind) == [.denied, .denied])
        #expect(output.gaps.map(\.path) == ["/sys/class/dmi/id/board_serial", Self.path])
        #expect(output.device.manufacturer == "NVIDIA")
    }

    @Test("a directory in the place of the table is a gap, and the strings are read") func wrongType() throws {
        var nodes = Self.strings
        nodes[Self.path] = .directory
        let output = try read(nodes)
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.device.manufacturer == "NVIDIA")
    }

    @Test("structures that are not interpreted are kept with a digest") func uninterpreted() throws {
        let slots = SMBIOSFixture.structure(10, handle: 0x21, [0x85, 1], strings: ["Video"])
        let output = try read([Self.path: .bytes(Self.table.dropLast(6) + slots + SMBIOSFixture.end)])
        let kept = try component("smbios/type010/0x0021", in: output)
        #expect(kept.componentClass == .vendorSpecific)
        let other = SMBIOSFixture.structure(10, handle: 0x21, [0x05, 1], strings: ["Video"])
        let changed = try read([Self.path: .bytes(Self.table.dropLast(6) + other + SMBIOSFixture.end)])
        let digest = try #require(kept.digests["structure"])
        #expect(try component("smbios/type010/0x0021", in: changed).digests["structure"] != digest)
        #expect(kept.properties["smbios.type"] == "10")
        #expect(try component("system", in: output).properties["smbios.uninterpretedTypes"] == "10")
    }

    @Test("the event log's state does not move its digest, the rest does; error records have none")
    func volatileStructures() throws {
        func log(_ offset: Int, _ value: UInt8) throws -> ContentDigest? {
            let fields = [0x0b: [UInt8(1)], 0x0c: [1, 2, 3, 4], offset: [value]]
            return try SMBIOSFixture.record(15, length: 0x17, fields).structure.stableDigest
        }
        let plain = try log(4, 9)
        #expect(plain != nil)
        #expect(try log(4, 8) != plain)
        let base = try SMBIOSFixture.record(15, length: 0x17, [4: [9]]).structure.stableDigest
        let moved = try SMBIOSFixture.record(15, length: 0x17, [4: [9], 0x0b: [7, 1, 2, 3, 4]]).structure.stableDigest
        #expect(base == moved)
        for type in [18, 23, 25, 33] as [UInt8] {
            #expect(try SMBIOSFixture.record(type, length: 0x17, [:]).structure.stableDigest == nil)
        }
        #expect(try SMBIOSFixture.record(15, length: 6, [:]).structure.stableDigest != nil)
    }

    @Test("survives a table cut at every byte, and reports the parts before the cut") func truncation() throws {
        let tree = try HostTree()
        for count in stride(from: 0, through: Self.table.count, by: 3) {
            try tree.set(Self.path, .bytes(Array(Self.table.prefix(count))))
            let output = SMBIOSProbe().read(ProbeContext(root: try tree.root()))
            #expect(count == Self.table.count || !output.gaps.isEmpty)
            let all = output.components + output.firmware
            #expect(Set(all.map(\.location)).count == all.count)
        }
    }
}
