import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct BoardBusesProbeTests {
    @Test("every bus once, adapters and masters left out")
    func buses() throws {
        let clients = "/sys/devices/platform/soc/fe804000.i2c/i2c-1"
        let tree = try HostTree([
            "/sys/bus/i2c/devices/1-0050": .link(clients + "/1-0050"), clients + "/1-0050/name": "24c32\n",
            "/sys/bus/i2c/devices/i2c-1": .link(clients), clients + "/name": "bcm2835\n",
            clients + "/1-0050/driver": .link("/sys/bus/i2c/drivers/at24"),
            "/sys/bus/spi/devices/spi0.0/modalias": "spi:tpm_tis_spi\n",
            "/sys/bus/sdio/devices/mmc1:0001:1/vendor": "0x02d0\n",
            "/sys/bus/sdio/devices/mmc1:0001:1/device": "0xa9a6\n",
            "/sys/bus/sdio/devices/mmc1:0001:1/class": "0x00\n",
            "/sys/bus/w1/devices/w1_bus_master1/uevent": "\n", "/sys/bus/w1/devices/28-0123456789ab/uevent": "\n",
            "/sys/bus/nvmem/devices/rmem0/type": "Unknown\n",
        ])
        var output = BoardBusesProbe().read(ProbeContext(root: try tree.root()))
        output.sort()
        #expect(output.gaps.isEmpty)
        #expect(
            output.components.map(\.location) == [
                "i2c/platform/fe804000.i2c/0050", "nvmem/rmem0", "sdio/1/1", "spi/spi0.0", "w1/28-0123456789ab",
            ])
        #expect(output.components[0].model == "24c32")
        #expect(output.components[0].properties["driver"] == "at24")
        #expect(output.components[0].evidence.access == .reported)
        #expect(output.components[2].ids == ["vendor": "02d0", "device": "a9a6", "class": "00"])
        #expect(output.components[3].model == "tpm_tis_spi")
        #expect(output.components[4].serial == "0123456789ab")
    }

    @Test("two adapters of one parent with the same address stay two")
    func equalAddresses() throws {
        let parent = "/sys/devices/pci0000:00/0000:00:02.0"
        let tree = try HostTree([
            "/sys/bus/i2c/devices/3-0050": .link(parent + "/i2c-3/3-0050"), parent + "/i2c-3/3-0050/name": "a\n",
            "/sys/bus/i2c/devices/4-0050": .link(parent + "/i2c-4/4-0050"), parent + "/i2c-4/4-0050/name": "b\n",
        ])
        let output = BoardBusesProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.components.map(\.location) == ["i2c/pci/0000:00:02.0/0050", "i2c/4-0050"])
    }
}
