import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct DevicePathTests {
    @Test(
        "the nearest bus device gives the location",
        arguments: [
            ("/sys/devices/pci0000:00/0000:00:1c.0/0000:02:00.0/net/eth0", "pci/0000:02:00.0"),
            ("/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4.2/1-4.2:1.0/net/wlan0", "usb/1-4.2"),
            ("/sys/devices/pci0000:00/10000:e0:06.0/10000:e1:00.0/nvme/nvme0", "pci/10000:e1:00.0"),
            ("/sys/devices/platform/soc/fe340000.mmc/mmc_host/mmc0/mmc0:aaaa", "platform/fe340000.mmc"),
            ("/sys/devices/platform/scb/fd580000.ethernet/net/eth0", "platform/fd580000.ethernet"),
            ("/sys/devices/platform/alarmtimer", "platform/alarmtimer"),
            (
                "/sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0004:00/VMBUS:00/f8b3781a-1e82-4818-a1c3-63d806ec15bb/host0",
                "vmbus/f8b3781a-1e82-4818-a1c3-63d806ec15bb"
            ),
            ("/sys/devices/platform/soc/fe804000.i2c/i2c-1/1-0050", "platform/fe804000.i2c"),
            ("/sys/devices/vbd-51712/block/xvda", "vbd-51712/block"),
            ("/sys/devices/platform/soc/usb@1/xhci-hcd.0.auto/usb1/1-1/1-1:1.0", "usb/1-1"),
        ])
    func location(_ path: String, _ expected: String) { #expect(DevicePath(path)?.location == expected) }

    @Test func virtualDevicesHaveNone() {
        #expect(DevicePath("/sys/devices/virtual/net/lo")?.location == nil)
        #expect(DevicePath("/sys/devices/virtual/net/lo")?.isVirtual == true)
        #expect(DevicePath("/sys/class/net/eth0") == nil)
        #expect(DevicePath("/sys/devices") == nil)
        #expect(DevicePath("") == nil)
    }

    @Test(
        "names of PCI functions",
        arguments: [
            ("0000:00:1f.2", true), ("10000:e1:00.0", true), ("6:0:0:0", false), ("pci0000:00", false),
            ("0000:00:1f", false), ("1-4:1.0", false), ("", false), ("zzzz:00:1f.2", false),
        ])
    func pciNames(_ name: String, _ expected: Bool) { #expect(DevicePath.isPCIFunction(name) == expected) }

    @Test(
        "names of USB devices",
        arguments: [
            ("1-4", true), ("1-4.2.1", true), ("1-4:1.0", false), ("usb1", false), ("1-", false), ("1-4.", false),
            ("0-0050", false), ("-1", false),
        ])
    func usbNames(_ name: String, _ expected: Bool) { #expect(DevicePath.isUSBDevice(name) == expected) }

    @Test(
        "every path of a real board's device database is read", .enabled(if: Corpus.isAvailable),
        arguments: [
            ("RPI4B4G.txt", ["/block/mmcblk0", "/net/eth0", "/net/wlan0"], ["platform/fe340000.emmc2"]),
            ("EMMC_AS_MAIN_DRIVE.txt", ["/block/mmcblk0"], ["platform/80860F14:00"]),
        ])
    func realPaths(_ file: String, _ ends: [String], _ expected: [String]) throws {
        let lines = try Corpus.text("sysfs-trees/udevadm/" + file).split(separator: "\n")
        let paths = lines.filter { $0.hasPrefix("P: ") }.map { "/sys" + $0.dropFirst(3) }
        var locations: [String] = []
        for path in paths where path.hasPrefix("/sys/devices/") && !path.hasPrefix("/sys/devices/virtual") {
            let location = DevicePath(path)?.location
            if path.split(separator: "/").count > 3 { #expect(location != nil, "\(path)") }
            if ends.contains(where: path.hasSuffix) { locations.append(location ?? "") }
        }
        #expect(locations.prefix(expected.count) == expected[...])
    }
}
