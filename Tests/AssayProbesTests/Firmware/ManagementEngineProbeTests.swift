import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct ManagementEngineProbeTests {
    private static func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        return try withExtendedLifetime(tree) { ManagementEngineProbe().read(ProbeContext(root: try tree.root())) }
    }

    @Test func readsVersions() throws {
        let device = "/sys/devices/pci0000:00/0000:00:16.0/mei/mei0"
        let output = try Self.read([
            "/sys/class/mei/mei0": .link("../../devices/pci0000:00/0000:00:16.0/mei/mei0"),
            device + "/fw_ver": "0:16.1.25.2124\n0:16.1.25.2000\n0:16.1.0.1\n",
            device + "/fw_status": "90000255\n00000000\n",
        ])
        #expect(output.gaps.isEmpty)
        let engine = try #require(output.firmware.first)
        #expect(engine.location == "fw/mei/0000:00:16.0")
        #expect(engine.firmwareVersion == "16.1.25.2124")
        #expect(
            engine.properties == [
                "parent": "pci/0000:00:16.0", "recoveryVersion": "16.1.25.2000", "imageToolVersion": "16.1.0.1",
                "status": "90000255",
            ])
    }

    @Test func reportsTextWithoutAVersion() throws {
        let output = try Self.read(["/sys/class/mei/mei0/fw_ver": "0:0.0.0.0\nnoise\n", "/sys/class/mei/mei1/x": ""])
        #expect(output.firmware.isEmpty)
        #expect(output.gaps.map(\.path) == ["/sys/class/mei/mei0/fw_ver"])
        #expect(output.gaps.map(\.kind) == [.malformed])
    }
}
