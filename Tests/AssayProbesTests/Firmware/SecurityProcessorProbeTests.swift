import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct SecurityProcessorProbeTests {
    @Test func readsVersionsAndFuses() throws {
        let device = "/sys/devices/pci0000:00/0000:00:08.1/0000:c4:00.2"
        let tree = try HostTree([
            "/sys/bus/pci/devices/0000:c4:00.2": .link("../../../devices/pci0000:00/0000:00:08.1/0000:c4:00.2"),
            device + "/bootloader_version": "00.2c.00.84\n", device + "/tee_version": "00.2c.00.84\n",
            device + "/fused_part": "1\n", device + "/debug_lock_on": "0\n",
            "/sys/bus/pci/devices/0000:00:00.0/vendor": "0x1022\n",
        ])
        let output = SecurityProcessorProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.gaps.isEmpty)
        #expect(
            output.firmware.map(\.location) == ["fw/psp/0000:c4:00.2/bootloader", "fw/psp/0000:c4:00.2/tee"])
        #expect(output.firmware.map(\.firmwareVersion) == ["00.2c.00.84", "00.2c.00.84"])
        #expect(
            output.firmware.first?.properties == [
                "parent": "pci/0000:c4:00.2", "fusedPart": "1", "debugLock": "0",
            ])
    }

    @Test func findsNothingElsewhere() throws {
        let tree = try HostTree(["/sys/bus/pci/devices/0000:00:00.0/vendor": "0x8086\n"])
        #expect(SecurityProcessorProbe().read(ProbeContext(root: try tree.root())) == ProbeOutput())
    }
}
