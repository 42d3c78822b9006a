import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct DeviceClassProbeTests {
    private func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        var output = DeviceClassProbe().read(ProbeContext(root: try tree.root()))
        output.sort()
        return output
    }

    @Test func onlyEntriesWithTheRequiredAttributeCount() throws {
        let output = try read([
            "/sys/bus/thunderbolt/devices/domain0/security": "user\n",
            "/sys/bus/thunderbolt/devices/0-1/unique_id": "cc010000-0080\n",
            "/sys/bus/thunderbolt/devices/0-1/vendor": "0x1\n", "/sys/bus/thunderbolt/devices/0-1/device": "0x8003\n",
            "/sys/bus/thunderbolt/devices/0-1/vendor_name": "Example\n",
            "/sys/bus/thunderbolt/devices/0-1/device_name": "Dock\n",
            "/sys/bus/thunderbolt/devices/0-1/nvm_version": "33.1\n",
        ])
        #expect(output.gaps.isEmpty)
        #expect(output.components.map(\.location) == ["thunderbolt/0-1"])
        #expect(output.components.first?.firmwareVersion == "33.1")
        #expect(output.components.first?.ids == ["vendor": "1", "device": "8003"])
    }

    @Test("interfaces of one keyboard hang on its port and are told apart")
    func hid() throws {
        let port = "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-3/"
        let output = try read([
            "/sys/bus/hid/devices/0003:046D:C31C.0001": .link(port + "1-3:1.0/0003:046D:C31C.0001"),
            "/sys/bus/hid/devices/0003:046D:C31C.0002": .link(port + "1-3:1.1/0003:046D:C31C.0002"),
            port + "1-3:1.0/0003:046D:C31C.0001/report_descriptor": .bytes([5, 1, 9, 6]),
            port + "1-3:1.1/0003:046D:C31C.0002/report_descriptor": .bytes([5, 12, 9, 1]),
        ])
        #expect(output.components.map(\.location) == ["hid/usb/1-3", "hid/usb/1-3/1"])
        #expect(output.components.first?.ids == ["bus": "0003", "vendor": "046d", "product": "c31c"])
        #expect(output.components.first?.digests["reportDescriptor"] == .sha256(of: [5, 1, 9, 6] as [UInt8]))
    }

    @Test func firmwareVersions() throws {
        let output = try read([
            "/sys/bus/pci/drivers/amdgpu/0000:03:00.0": .link("/sys/devices/pci0000:00/0000:03:00.0"),
            "/sys/devices/pci0000:00/0000:03:00.0/vbios_version": "113-EXAMPLE-1 \n",
            "/sys/devices/pci0000:00/0000:03:00.0/fw_version/smc_fw_version": "0x003a5800\n",
            "/sys/bus/pci/drivers/amdgpu/module": .link("/sys/module/amdgpu"),
        ])
        #expect(
            output.firmware.map(\.location) == ["fw/gpu/pci/0000:03:00.0/smc", "fw/gpu/pci/0000:03:00.0/vbios"])
        #expect(output.firmware.last?.firmwareVersion == "113-EXAMPLE-1")
        #expect(output.gaps.isEmpty)
    }

    @Test("every row is whole and stands in the probe's description")
    func rows() {
        let directories = DeviceClassRow.all.map(\.directory)
        #expect(directories == directories.sorted())
        #expect(Set(directories).count == directories.count)
        #expect(
            DeviceClassProbe.descriptor.accesses.count == DeviceClassRow.all.count + FirmwareVersionRow.all.count)
    }

    @Test("recorded adapters", .enabled(if: Corpus.isAvailable))
    func recordedAdapters() throws {
        let tree = try RecordedTree(corpus: "sysfs-trees/prometheus/procfs-fixtures.ttar")
        let output = DeviceClassProbe().read(ProbeContext(root: try tree.root()))
        let hosts = output.components.filter { $0.componentClass == "fibre-channel" }
        #expect(
            hosts.first?.properties["symbolicName"] == "Emulex SN1100E2P FV12.4.270.3 DV12.4.0.0. HN:gotest. OS:Linux")
    }
}
