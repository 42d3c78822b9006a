import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayProbes

@Suite struct ProcessorProbeTests {
    private func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        return ProcessorProbe().read(ProbeContext(root: try tree.root()))
    }

    private static func x86(_ number: Int, package: Int, core: Int, microcode: String, flags: String = "fpu vme")
        -> String
    {
        """
        processor\t: \(number)
        vendor_id\t: GenuineIntel
        cpu family\t: 6
        model\t\t: 85
        model name\t: Example(R) CPU
        stepping\t: 7
        microcode\t: \(microcode)
        physical id\t: \(package)
        core id\t\t: \(core)
        flags\t\t: \(flags)


        """
    }

    @Test("two packages, one of them with cores that disagree")
    func packages() throws {
        let output = try read([
            "/proc/cpuinfo": .text(
                Self.x86(0, package: 0, core: 0, microcode: "0x5003604")
                    + Self.x86(
                        1, package: 0, core: 0, microcode: "0x5003604")
                    + Self.x86(
                        2, package: 1, core: 0, microcode: "0x5003604")
                    + Self.x86(
                        3, package: 1, core: 1, microcode: "0x5003501", flags: "vme fpu avx"))
        ])
        #expect(output.gaps.isEmpty)
        #expect(output.components.map(\.location) == ["processor/0", "processor/1"])
        let first = try #require(output.components.first)
        #expect(first.ids == ["family": "6", "model": "55", "stepping": "7"])
        #expect(first.properties["threads"] == "2")
        #expect(first.properties["cores"] == "1")
        #expect(first.evidence.access == .direct)
        #expect(first.digests["flags"] == .sha256(of: "fpu vme".utf8))
        #expect(output.components.last?.properties["flagsDisagree"] == "true")
        #expect(output.firmware.map(\.location) == ["fw/microcode/0", "fw/microcode/1"])
        #expect(output.firmware.first?.firmwareVersion == "0x5003604")
        #expect(output.firmware.first?.properties["disagree"] == nil)
        #expect(output.firmware.last?.properties["disagree"] == "0x5003501 0x5003604")
    }

    @Test("sysfs and cpuinfo are compared, and a hypervisor shows itself")
    func secondSource() throws {
        let output = try read([
            "/proc/cpuinfo": .text(
                Self.x86(0, package: 0, core: 0, microcode: "0x1", flags: "fpu hypervisor")),
            "/sys/devices/system/cpu/cpu0/microcode/version": "0x2\n",
            "/sys/devices/system/cpu/cpu0/microcode/processor_flags": "0x80\n", "/sys/hypervisor/type": "xen\n",
        ])
        #expect(output.firmware.first?.firmwareVersion == "0x1")
        #expect(output.firmware.first?.properties["disagree"] == "0x1 0x2")
        #expect(output.firmware.first?.ids == ["processorFlags": "80"])
        #expect(output.components.first?.evidence.access == .virtual)
        #expect(output.device.hypervisor == "xen")
    }

    @Test(
        "lines of other architectures",
        arguments: [
            (
                "processor\t: 0\ncpu\t\t: POWER9, altivec supported\nrevision\t: 2.2 (pvr 004e 1202)\n\nmachine\t: PowerNV\n",
                "POWER9, altivec supported", "1"
            ),
            ("processor\t: 0\nhart\t: 1\nisa\t: rv64imafdc\nuarch\t: sifive,u74-mc\n", nil, "1"),
            (
                "vendor_id       : IBM/S390\nprocessor 0: version = FF,  identification = 1\nprocessor 1: version = FF\n",
                nil, "2"
            ),
            ("system type\t: Example\nprocessor\t: 0\ncpu model\t: MIPS 24Kc V5.0\n", "MIPS 24Kc V5.0", "1"),
            ("processor\t: x\nnothing here", nil, nil),
        ] as [(String, String?, String?)])
    func otherArchitectures(_ text: String, _ model: String?, _ threads: String?) throws {
        let output = try read(["/proc/cpuinfo": .text(text)])
        #expect(output.gaps.isEmpty)
        #expect(output.components.first?.model == model)
        #expect(output.components.first?.properties["threads"] == threads)
    }

    @Test("a Raspberry Pi's serial number counts only where no device tree says it")
    func boardLines() throws {
        let text =
            "processor\t: 0\n\nHardware\t: BCM2835\nRevision\t: c03111\nSerial\t\t: 10000000abcdef01\nModel\t\t: Pi 4\n"
        let output = try read(["/proc/cpuinfo": .text(text)])
        #expect(output.device.serial == "10000000abcdef01")
        #expect(output.device.model == "Pi 4")
        #expect(output.device.version == "c03111")
        #expect(output.components.first?.properties["hardware"] == "BCM2835")
        let other = try read(["/proc/cpuinfo": .text(text), "/proc/device-tree": .directory])
        #expect(other.device == DeviceFacts())
    }

    @Test func refusesTooMuch() throws {
        let line = [UInt8](repeating: 0x61, count: CPUInfo.lineLimit + 1)
        #expect(throws: ParseFailure(.tooLarge, "", at: 0)) { try CPUInfo(parsing: line.span.bytes) }
        let output = try read(["/proc/cpuinfo": .bytes(line)])
        #expect(output.gaps.map(\.kind) == [.malformed])
    }

    @Test func survivesAnyText() {
        let input = Array(Self.x86(0, package: 0, core: 0, microcode: "0x1").utf8)
        let parse: (RawSpan) -> Void = { _ = try? CPUInfo(parsing: $0) }
        ParserTester.truncations(of: input, parse)
        ParserTester.mutations(of: input, parse)
    }

    @Test(
        "recorded machines", .enabled(if: Corpus.isAvailable),
        arguments: [
            (
                "hwloc/20em64t-hybrid-1p6c2t+2ca4co1t.tar.bz2",
                ["13th Gen Intel(R) Core(TM) i7-1370P|20|14|direct"]
            ),
            (
                "hwloc/32em64t-2n8c+dax+nvme+mic+dimms.tar.bz2",
                Array(repeating: "Intel(R) Xeon(R) CPU E5-2680 0 @ 2.70GHz|8|8|direct", count: 2)
            ),
            ("hwloc/2arm-2c.tar.bz2", ["ARMv7 Processor rev 1 (v7l)|2|2|direct"]),
            ("hwloc/nvidia-dgx-gb10.tar.bz2", ["|20|20|direct"]),
            ("ghw/linux-arm64-c288e0776090cd558ef793b2a4e61939.tar.gz", ["|1|1|direct"]),
        ])
    func recordedMachines(_ archive: String, _ expected: [String]) throws {
        let tree = try RecordedTree(corpus: "sysfs-trees/" + archive)
        let output = ProcessorProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.gaps.isEmpty)
        let found = output.components.map {
            "\($0.model ?? "")|\($0.properties["threads"] ?? "")|\($0.properties["cores"] ?? "")|\($0.evidence.access)"
        }
        #expect(found == expected)
    }
}
