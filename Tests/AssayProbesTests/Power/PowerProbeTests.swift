import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct PowerProbeTests {
    @Test("what changes with use is not reported")
    func designValuesOnly() throws {
        let battery = "/sys/class/power_supply/BAT0/"
        let tree = try HostTree([
            battery + "type": "Battery\n", battery + "manufacturer": "EXAMPLE\n", battery + "model_name": "B-1 \n",
            battery + "serial_number": " 12345\n", battery + "technology": "Li-ion\n",
            battery + "energy_full_design": "50000000\n", battery + "energy_now": "1\n", battery + "capacity": "93\n",
            battery + "cycle_count": "12\n", battery + "status": "Charging\n",
            battery + "manufacture_year": "2024\n", battery + "manufacture_month": "3\n",
            "/sys/class/power_supply/AC/type": "Mains\n", "/sys/class/power_supply/AC/online": "1\n",
            "/sys/class/power_supply/hid-0/type": "Battery\n", "/sys/class/power_supply/hid-0/scope": "Device\n",
            "/sys/class/power_supply/broken": .directory,
        ])
        let output = PowerProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.gaps.isEmpty)
        #expect(output.components.map(\.location) == ["power/AC", "power/BAT0", "power/hid-0"])
        #expect(output.components.map(\.componentClass) == [.powerSupply, .battery, .battery])
        let pack = output.components[1]
        #expect(pack.manufacturer == "EXAMPLE")
        #expect(pack.model == "B-1")
        #expect(pack.serial == "12345")
        #expect(
            pack.properties == [
                "type": "Battery", "technology": "Li-ion", "energyFullDesign": "50000000", "raw.model": "B-1 ",
                "raw.serial": " 12345", "manufactured": "2024-03",
            ])
        #expect(output.components[2].properties["scope"] == "Device")
    }

    @Test("a serial number with bytes behind a NUL is kept whole")
    func hostileSerial() throws {
        let tree = try HostTree([
            "/sys/class/power_supply/BAT0/type": "Battery\n",
            "/sys/class/power_supply/BAT0/serial_number": .bytes([0xff, 0, 0x1b, 0x5d, 0x0a]),
        ])
        let pack = PowerProbe().read(ProbeContext(root: try tree.root())).components.first
        #expect(pack?.serial == "\u{ff}")
        #expect(pack?.properties["raw.serial"] == "ff001b5d")
    }

    @Test("recorded supplies", .enabled(if: Corpus.isAvailable))
    func recordedSupplies() throws {
        let tree = try RecordedTree(corpus: "sysfs-trees/prometheus/procfs-fixtures.ttar")
        let output = PowerProbe().read(ProbeContext(root: try tree.root()))
        #expect(output.components.map(\.location) == ["power/AC", "power/BAT0"])
        #expect(output.components.last?.manufacturer == "LGC")
        #expect(output.components.last?.model == "LNV-45N1")
    }
}
