import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct TPMProbeTests {
    private static let device = "/sys/devices/platform/MSFT0101:00/tpm/tpm0"
    private static let security = "/sys/kernel/security/"

    private static func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        return try withExtendedLifetime(tree) { TPMProbe().read(ProbeContext(root: try tree.root())) }
    }

    @Test func readsAModule() throws {
        let log = [UInt8](repeating: 3, count: 5000)
        let output = try Self.read([
            "/sys/class/tpm/tpm0": .link("../../devices/platform/MSFT0101:00/tpm/tpm0"),
            Self.device + "/tpm_version_major": "2\n", Self.device + "/device": .link("../../../MSFT0101:00"),
            "/sys/devices/platform/MSFT0101:00/description": "TPM 2.0 Device\n",
            "/sys/devices/platform/MSFT0101:00/driver": .link("../../../bus/platform/drivers/tpm_tis"),
            Self.device + "/pcr-sha256/0": .text(String(repeating: "AB", count: 32) + "\n"),
            Self.device + "/pcr-sha256/10": .text(String(repeating: "10", count: 32) + "\n"),
            Self.device + "/pcr-sha256/16": .text(String(repeating: "16", count: 32) + "\n"),
            Self.device + "/pcr-sha256/22": .text(String(repeating: "00", count: 32) + "\n"),
            Self.device + "/pcr-sha256/23": .text(String(repeating: "23", count: 32) + "\n"),
            Self.device + "/pcr-sha1/7": .text(String(repeating: "Cd", count: 20) + "\n"),
            Self.security + "tpm0/binary_bios_measurements": .bytes(log),
            Self.security + "ima/ascii_runtime_measurements":
                "10 aa ima-ng sha256:00ff boot_aggregate\n10 bb ima-ng x y\n",
        ])
        #expect(output.gaps.isEmpty)
        let tpm = try #require(output.components.first)
        #expect(tpm.location == "tpm/0")
        #expect(tpm.model == "TPM 2.0 Device")
        #expect(tpm.digests == ["eventLog": .sha256(of: log)])
        #expect(
            tpm.properties == [
                "specification": "2.0", "driver": "tpm_tis", "eventLogSize": "5000",
                "imaBootAggregate": "sha256:00ff", "pcrsLeftOut": "10 16 23",
            ])
        #expect(tpm.evidence == Evidence(probe: "tpm/class", path: "/sys/class/tpm/tpm0", access: .direct))
        #expect(
            output.boot.pcrs == [
                "sha256": ["0": String(repeating: "ab", count: 32), "22": String(repeating: "00", count: 32)],
                "sha1": ["7": String(repeating: "cd", count: 20)],
            ])
    }

    @Test func readsAnOldModule() throws {
        let output = try Self.read([
            "/sys/class/tpm/tpm0/caps": "Manufacturer: 0x49465800\nTCG version: 1.2\nFirmware version: 3.19\n",
            "/sys/class/tpm/tpm0/pcrs": .text(
                "PCR-00: \(String(repeating: "3A ", count: 20))\nPCR-10: \(String(repeating: "10 ", count: 20))\n"
                    + "PCR-17: \(String(repeating: "FF ", count: 20))\n"
                    + "PCR-18: FF\nPCR-99: \(String(repeating: "FF ", count: 20))\nnoise\n"),
        ])
        #expect(output.gaps.isEmpty)
        let tpm = try #require(output.components.first)
        #expect(tpm.manufacturer == "IFX")
        #expect(tpm.firmwareVersion == "3.19")
        #expect(tpm.properties == ["specification": "1.2", "pcrsLeftOut": "10 16 23"])
        #expect(
            output.boot.pcrs == [
                "sha1": ["0": String(repeating: "3a", count: 20), "17": String(repeating: "ff", count: 20)]
            ])
    }

    @Test func marksASimulatedModule() throws {
        let output = try Self.read([
            "/sys/class/tpm/tpm1": .link("../../devices/virtual/tpm/tpm1"),
            "/sys/devices/virtual/tpm/tpm1/tpm_version_major": "2\n",
        ])
        #expect(output.components.map(\.location) == ["tpm/1"])
        #expect(output.components.map(\.evidence.access) == [.virtual])
    }

    @Test("registers that are none are gaps", arguments: ["", "zz", "ab", String(repeating: "a", count: 66)])
    func reportsMalformedRegisters(_ value: String) throws {
        let output = try Self.read([
            "/sys/class/tpm/tpm0/pcr-sha256/0": .text(value),
            "/sys/class/tpm/tpm0/pcr-sha256/1": .text(String(repeating: "1", count: 64)),
            "/sys/class/tpm/tpm0/pcr-sha256/24": "x", "/sys/class/tpm/tpm0/pcr-sha256/x": "x",
        ])
        #expect(output.boot.pcrs == ["sha256": ["1": String(repeating: "1", count: 64)]])
        #expect(output.gaps.map(\.kind) == (value.isEmpty ? [] : [.malformed]))
    }

    @Test func tellsAModuleWithoutADriverFromNone() throws {
        let output = try Self.read(["/sys/firmware/acpi/tables/TPM2": "TPM2"])
        #expect(output.components.isEmpty)
        #expect(output.gaps.map(\.kind) == [.unsupported])
        #expect(try Self.read([:]) == ProbeOutput())
    }

    @Test("digests real event logs", .enabled(if: Corpus.isAvailable)) func digestsTheCorpus() throws {
        let log = try Corpus.bytes("tpm/eventlog/go-eventlog-debian-10.bin")
        let list = try Corpus.text("tpm/ima/ima-evm-test_ascii_runtime_measurements")
        let output = try Self.read([
            "/sys/class/tpm/tpm0/tpm_version_major": "2\n",
            Self.security + "tpm0/binary_bios_measurements": .bytes(log),
            Self.security + "ima/ascii_runtime_measurements": .text(list),
        ])
        #expect(output.components.first?.properties["eventLogSize"] == String(log.count))
        let first = list.split(separator: "\n").first?.split(separator: " ") ?? []
        #expect(first.last == "boot_aggregate")
        #expect(output.components.first?.properties["imaBootAggregate"] == String(first[3]))
    }
}
