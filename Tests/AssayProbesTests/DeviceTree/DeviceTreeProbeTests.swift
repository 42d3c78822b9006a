import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct DeviceTreeProbeTests {
    private static let base = "/sys/firmware/devicetree/base"

    private static let board: [String: HostTree.Node] = [
        base + "/model": "Example Board v1\0", base + "/compatible": "example,board\0example,soc\0",
        base + "/serial-number": "0123abcd\0", base + "/chosen/u-boot,version": "2024.01\0",
        base + "/chosen/bootloader/version": "deadbeef\0",
        base + "/chosen/bootloader/build-timestamp": .bytes([0, 0, 1, 0]),
        base + "/chosen/bootargs": "secret=1\0", base + "/#address-cells": .bytes([0, 0, 0, 2]),
        base + "/#size-cells": .bytes([0, 0, 0, 1]),
        base + "/memory@0/reg": .bytes([0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0x80, 0, 0, 0]),
        base + "/firmware/optee/compatible": "linaro,optee-tz\0",
        base + "/soc/i2c@7e804000/compatible": "brcm,bcm2835-i2c\0",
        base + "/soc/i2c@7e804000/reg": .bytes([0, 0, 0, 1]),
        base + "/soc/i2c@7e804000/rtc@51/compatible": "nxp,pcf85063a\0nxp,pcf85063\0",
        base + "/soc/i2c@7e804000/rtc@51/reg": .bytes([0, 0, 0, 0x51]),
        base + "/soc/i2c@7e804000/off@52/compatible": "example,off\0",
        base + "/soc/i2c@7e804000/off@52/reg": .bytes([0, 0, 0, 0x52]),
        base + "/soc/i2c@7e804000/off@52/status": "disabled\0", base + "/soc/spi@1/status": "disabled\0",
        base + "/soc/spi@1/flash@0/compatible": "jedec,spi-nor\0",
        base + "/soc/spi@1/flash@0/reg": .bytes([0, 0, 0, 0]),
        base + "/soc/ethernet@2/mdio/ethernet-phy@1/compatible": "ethernet-phy-id001c.c916\0",
        base + "/soc/ethernet@2/mdio/ethernet-phy@1/reg": .bytes([0, 0, 0, 1]),
        "/sys/bus/soc/devices/soc0/family": "Example\n", "/sys/bus/soc/devices/soc0/soc_id": "EX1000\n",
        "/sys/bus/soc/devices/soc0/revision": "1.1\n", "/sys/bus/soc/devices/soc0/machine": "Example Board v1\n",
    ]

    private func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        var output = DeviceTreeProbe().read(ProbeContext(root: try tree.root()))
        output.sort()
        return output
    }

    @Test func readsTheBoard() throws {
        let output = try read(Self.board)
        #expect(output.gaps.isEmpty)
        #expect(output.device.model == "Example Board v1")
        #expect(output.device.serial == "0123abcd")
        #expect(output.device.compatible == ["example,board", "example,soc"])
        #expect(output.boot.firmwareType == "devicetree")
        #expect(
            output.boot.loader == [
                "u-boot,version": "2024.01", "bootloader/version": "deadbeef", "bootloader/build-timestamp": "256",
            ])
        #expect(output.firmware.map(\.location) == ["fw/bootloader", "fw/u-boot"])
        #expect(output.firmware.map(\.firmwareVersion) == ["deadbeef", "2024.01"])
        #expect(
            output.components.map(\.location) == [
                "devicetree", "dt/soc/ethernet@2/mdio/ethernet-phy@1", "dt/soc/i2c@7e804000/rtc@51", "soc/0",
            ])
        let system = output.components[0]
        #expect(system.properties["memorySize"] == String(0x4000_0000 + 0x8000_0000))
        #expect(system.properties["firmwareNodes"] == "optee=linaro,optee-tz")
        #expect(system.evidence.access == .reported)
        #expect(output.components[2].model == "nxp,pcf85063a")
        #expect(output.components[2].properties["compatible"] == "nxp,pcf85063a nxp,pcf85063")
        #expect(output.components[2].ids == ["reg": "00000051"])
        #expect(output.components[3].model == "EX1000")
        #expect(output.components[3].revision == "1.1")
    }

    @Test("the older place is read when the newer is not there; neither is no gap")
    func places() throws {
        let output = try read(["/proc/device-tree/model": "Old Board\0"])
        #expect(output.device.model == "Old Board")
        #expect(output.components.first?.evidence.path == "/proc/device-tree")
        #expect(try read(["/sys/firmware/acpi/tables": .directory]) == ProbeOutput())
    }

    @Test func theBlobGivesADigestOrAGap() throws {
        var nodes = Self.board
        nodes["/sys/firmware/fdt"] = .bytes(SampleBlob.bytes())
        let digest = try read(nodes).components[0].digests["hardwareDescription"]
        #expect(digest != nil)
        nodes["/sys/firmware/fdt"] = .bytes(SampleBlob.bytes(bootArguments: "other"))
        #expect(try read(nodes).components[0].digests["hardwareDescription"] == digest)
        nodes["/sys/firmware/fdt"] = .bytes(SampleBlob.bytes(model: "other"))
        #expect(try read(nodes).components[0].digests["hardwareDescription"] != digest)
        nodes["/sys/firmware/fdt"] = .bytes([1, 2, 3, 4])
        let output = try read(nodes)
        #expect(output.components[0].digests.isEmpty)
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == ["/sys/firmware/fdt"])
    }
}
