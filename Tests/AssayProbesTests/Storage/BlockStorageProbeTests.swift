import AssayHost
import AssayModel
import AssayTestKit
import FoundationEssentials
import Testing

@testable import AssayProbes

@Suite struct BlockStorageProbeTests {
    private func read(_ nodes: [String: HostTree.Node]) throws -> ProbeOutput {
        let tree = try HostTree(nodes)
        var output = BlockStorageProbe().read(ProbeContext(root: try tree.root()))
        output.sort()
        return output
    }

    private func component(_ nodes: [String: HostTree.Node]) throws -> Component {
        let output = try read(nodes)
        #expect(output.gaps.isEmpty)
        #expect(output.components.count == 1)
        return try #require(output.components.first)
    }

    @Test func nothingToReadIsNoGap() throws {
        let output = try read(["/sys/block": .directory])
        #expect(output == ProbeOutput())
    }

    @Test("a SATA drive says more in page 0x89 than in INQUIRY")
    func sataDrive() throws {
        let drive = try component(SampleDrive.sata(in: "pci0000:00/0000:00:1f.2/ata3/host2"))
        #expect(drive.location == "storage/pci/0000:00:1f.2/port2/0:0:0")
        #expect(drive.model == "ExampleDisk 4000 with a long name")
        #expect(drive.serial == "SER-0042")
        #expect(drive.properties["raw.serial"] == "            SER-0042")
        #expect(drive.firmwareVersion == "FW123456")
        #expect(drive.manufacturer == nil)
        #expect(drive.ids["wwn"] == "5000c500a1b2c3d4")
        #expect(drive.properties["rotationRate"] == "7200")
        #expect(drive.properties["identifyChecksum"] == "valid")
        #expect(drive.properties["size"] == "4096000")
        #expect(drive.properties["hostDriver"] == "ahci")
        #expect(drive.evidence == Evidence(probe: "storage/block", path: "/sys/block/sda/device", access: .direct))
    }

    @Test(
        "what stands before a drive decides how far it is trusted",
        arguments: [
            ("megaraid_sas", nil, "bridged", "raid"), ("smartpqi", "RAID-1(1+0)", "bridged", "raid"),
            ("smartpqi", "HBA", "direct", "direct"), ("hpsa", nil, "bridged", "raid"),
            ("mpt3sas", nil, "direct", "direct"),
            ("virtio_scsi", nil, "virtual", "virtual"), ("iscsi_tcp", nil, "bridged", "network"),
            ("ahci", nil, "direct", "direct"),
        ] as [(String, String?, String, String)])
    func access(_ driver: String, _ level: String?, _ access: String, _ transport: String) throws {
        var nodes = SampleDrive.sata(in: "pci0000:00/0000:00:1f.2/ata3/host2")
        nodes["/sys/class/scsi_host/host2/proc_name"] = .text(driver + "\n")
        if let level { nodes[SampleDrive.unit + "/raid_level"] = .text(level + "\n") }
        let drive = try component(nodes)
        #expect(drive.evidence.access.rawValue == access)
        #expect(drive.properties["transport"] == transport)
    }

    @Test func usbDriveIsBridged() throws {
        let drive = try component(
            SampleDrive.sata(in: "pci0000:00/0000:00:14.0/usb2/2-1/2-1.4/2-1.4:1.0/host2", driver: "uas"))
        #expect(drive.location == "storage/usb/2-1.4/0:0:0")
        #expect(drive.properties["parent"] == "usb/2-1.4")
        #expect(drive.evidence.access == .bridged)
    }

    @Test func aBrokenPageIsAGapBesideTheRest() throws {
        var nodes = SampleDrive.sata(in: "pci0000:00/0000:00:1f.2/ata3/host2")
        nodes[SampleDrive.unit + "/vpd_pg89"] = .bytes([0, 0x89, 2, 0x38, 1])
        let output = try read(nodes)
        #expect(output.components.first?.model == "ExampleDisk 4000")
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.first?.path == "/sys/block/sda/device/vpd_pg89")
    }

    @Test("a card in the slot, its boot partitions not apart")
    func memoryCard() throws {
        let card = "/sys/devices/platform/fe340000.mmc/mmc_host/mmc0/mmc0:aaaa"
        let output = try read([
            "/sys/bus/mmc/devices/mmc0:aaaa": .link("../../../devices/platform/fe340000.mmc/mmc_host/mmc0/mmc0:aaaa"),
            card + "/type": "SD\n", card + "/cid": "275048534431364730da89b82900fb61\n",
            card + "/csd": "400e00325b59000073a77f800a4000eb\n", card + "/scr": "0235800001000000\n",
            card + "/name": "SD16G\n", card + "/serial": "0xda89b829\n", card + "/date": "11/2015\n",
            card + "/manfid": "0x000027\n", card + "/oemid": "0x5048\n", card + "/fwrev": "0x0\n",
            card + "/hwrev": "0x3\n", card + "/block/mmcblk0/size": "31116288\n",
            card + "/block/mmcblk0/removable": "0\n",
            "/sys/block/mmcblk0": .link(".." + card.dropFirst(4) + "/block/mmcblk0"),
            "/sys/block/mmcblk0boot0/size": "8192\n",
        ])
        #expect(output.gaps.isEmpty)
        #expect(output.components.count == 1)
        let part = try #require(output.components.first)
        #expect(part.location == "mmc/0")
        #expect(part.model == "SD16G")
        #expect(part.serial == "0xda89b829")
        #expect(part.ids == ["manufacturer": "27", "oem": "5048"])
        #expect(part.properties["manufactured"] == "2015-11")
        #expect(part.properties["cidChecksum"] == "valid")
        #expect(part.properties["cidDisagrees"] == nil)
        #expect(part.properties["capacity"] == "15523119104")
        #expect(part.properties["size"] == "15931539456")
        #expect(part.properties["specification"] == "3.0X")
        #expect(part.properties["parent"] == "platform/fe340000.mmc")
    }

    @Test("registers with a wrong checksum give gaps, and no serial number")
    func brokenRegisters() throws {
        let card = "/sys/bus/mmc/devices/mmc0:aaaa"
        let output = try read([
            card + "/type": "SD\n", card + "/cid": "275048534431364730da89b82900fb63\n",
            card + "/csd": "400e00325b59000073a77f800a4000ed\n", card + "/serial": "0xda89b829\n",
        ])
        let part = try #require(output.components.first)
        #expect(part.serial == nil)
        #expect(part.properties["cid"] == "275048534431364730da89b82900fb63")
        #expect(part.properties["cidChecksum"] == "invalid")
        #expect(part.properties["csdChecksum"] == "invalid")
        #expect(part.properties["cidDisagrees"] == nil)
        #expect(output.gaps.map(\.kind) == [.malformed, .malformed])
        #expect(output.gaps.map(\.path) == [card + "/cid", card + "/csd"])
    }

    @Test("identify data with a wrong checksum give a gap, and neither serial number nor world-wide name")
    func brokenIdentifyData() throws {
        var nodes = SampleDrive.sata(in: "pci0000:00/0000:00:1f.2/ata3/host2")
        guard case .bytes(var page) = nodes[SampleDrive.unit + "/vpd_pg89"], let last = page.indices.last else {
            return
        }
        page[last] &+= 1
        nodes[SampleDrive.unit + "/vpd_pg89"] = .bytes(page)
        let output = try read(nodes)
        let drive = try #require(output.components.first)
        #expect(drive.serial == nil)
        #expect(drive.ids["wwn"] == nil)
        #expect(drive.properties["identifyChecksum"] == "invalid")
        #expect(drive.digests["identify"] != nil)
        #expect(output.gaps.map(\.kind) == [.malformed])
        #expect(output.gaps.map(\.path) == ["/sys/block/sda/device/vpd_pg89"])
    }

    @Test func aMalformedRegisterIsAGap() throws {
        let output = try read([
            "/sys/bus/mmc/devices/mmc1:0001/type": "MMC\n", "/sys/bus/mmc/devices/mmc1:0001/cid": "not a register\n",
        ])
        #expect(output.components.map(\.location) == ["mmc/1"])
        #expect(output.gaps.map(\.kind) == [.malformed])
    }

    @Test func virtualDiskAndFlashChip() throws {
        let spi = "/sys/devices/platform/soc/1c68000.spi/spi_master/spi0/spi0.0"
        let output = try read([
            "/sys/block/vda": .link("../devices/pci0000:00/0000:00:04.0/virtio1/block/vda"),
            "/sys/devices/pci0000:00/0000:00:04.0/virtio1/block/vda/size": "100\n",
            "/sys/block/vda1/size": "50\n", "/sys/block/dm-0/size": "1\n", "/sys/block/loop0/size": "1\n",
            "/sys/bus/spi/devices/spi0.0": .link("../../../devices" + spi.dropFirst(12)),
            spi + "/spi-nor/jedec_id": "ef4018\n", spi + "/spi-nor/manufacturer": "winbond\n",
            spi + "/spi-nor/partname": "w25q128\n", "/sys/class/mtd/mtd0/device": .link(spi),
            "/sys/class/mtd/mtd0/name": "u-boot\n", "/sys/class/mtd/mtd0/size": "1048576\n",
            "/sys/class/mtd/mtd0ro/name": "u-boot\n", "/sys/class/mtd/mtd1/name": "software\n",
        ])
        #expect(output.components.map(\.location) == ["spi-nor/spi0.0", "storage/pci/0000:00:04.0"])
        #expect(output.components.first?.ids == ["jedec": "ef4018"])
        #expect(output.components.first?.properties["partitions"] == "u-boot:1048576")
        #expect(output.components.last?.evidence.access == .virtual)
    }

    @Test("logical units of a UFS chip are one part")
    func ufsChip() throws {
        let host = "/sys/devices/platform/soc@0/1d84000.ufshc"
        let unit = host + "/host0/target0:0:0/0:0:0:0"
        let chip = try component([
            "/sys/bus/platform/drivers/ufshcd-qcom/1d84000.ufshc": .link("../../../../devices" + host.dropFirst(12)),
            host + "/device_descriptor/manufacturer_id": "0x01ce\n",
            host + "/device_descriptor/specification_version": "0x0310\n",
            host + "/string_descriptors/manufacturer_name": "EXAMPLE\n",
            host + "/string_descriptors/product_name": "UFS-1\n", host + "/string_descriptors/serial_number": "ab01\n",
            unit + "/model": "UFS-1 LUN\n", unit + "/block/sda/size": "8\n", unit + "/block/sda/device": .link(unit),
            "/sys/block/sda": .link(unit + "/block/sda"),
        ])
        #expect(chip.location == "ufs/1d84000.ufshc")
        #expect(chip.serial == "ab01")
        #expect(chip.ids["manufacturer"] == "01ce")
    }
}

/// A hand-made drive as sysfs shows it.
enum SampleDrive {
    static let unit = "/sys/devices/pci0000:00/0000:00:1f.2/ata3/host2/target2:0:0/2:0:0:0"

    static func sata(in path: String, driver: String = "ahci") -> [String: HostTree.Node] {
        let unit = "/sys/devices/" + path + "/target2:0:0/2:0:0:0"
        let controller = "/sys/devices/" + path.split(separator: "/").prefix(2).joined(separator: "/")
        return [
            "/sys/devices/probe-order": "", controller + "/ata2/ata_port/ata2/port_no": "1\n",
            controller + "/ata3/ata_port/ata3/port_no": "2\n", unit + "/vendor": "ATA     \n",
            unit + "/model": "ExampleDisk 4000\n", unit + "/rev": "FW12\n", unit + "/type": "0\n",
            unit + "/vpd_pg89": .bytes(informationPage), unit + "/block/sda/size": "8000\n",
            unit + "/block/sda/removable": "0\n", unit + "/block/sda/queue/rotational": "1\n",
            unit + "/block/sda/device": .link(unit), "/sys/block/sda": .link(unit + "/block/sda"),
            "/sys/class/scsi_host/host2/proc_name": .text(driver + "\n"),
        ]
    }

    private static var informationPage: [UInt8] {
        var data = [UInt8](repeating: 0, count: 512)
        place("            SER-0042", at: 10, in: &data)
        place("FW123456", at: 23, in: &data)
        place("ExampleDisk 4000 with a long name       ", at: 27, in: &data)
        for (word, value) in [(87, 0x4100), (108, 0x5000), (109, 0xc500), (110, 0xa1b2), (111, 0xc3d4), (217, 7200)] {
            data[2 * word] = UInt8(value & 0xff)
            data[2 * word + 1] = UInt8(value >> 8)
        }
        data[510] = 0xa5
        data[511] = 0 &- data.reduce(UInt8(0)) { $0 &+ $1 }
        let head = Array("linux   libata          3.00".utf8)
        return [0, 0x89, 2, 0x38] + [0, 0, 0, 0] + head + [UInt8](repeating: 0, count: 20) + [0xec, 0, 0, 0] + data
    }

    private static func place(_ text: String, at word: Int, in data: inout [UInt8]) {
        for (index, byte) in text.utf8.enumerated() { data[(2 * word + index) ^ 1] = byte }
    }
}
