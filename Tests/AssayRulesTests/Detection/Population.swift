import AssayBytes
import AssayHost
import AssayModel
import AssayProbes
import AssayTestKit

@testable import AssayRules

/// Real devices of the corpus, read by the real probes: none of them is known to be a counterfeit.
struct Population {
    /// Name of the folder of the corpus.
    let name: String
    /// One inventory for each device.
    let devices: [(name: String, inventory: InventorySnapshot)]

    /// The populations that `make detection` judges.
    static func all() throws -> [Population] {
        [try machines(), try displays(), try trees(), try usb(), try drives()]
    }

    private static func inventory(_ root: HostRoot, _ probes: [any Probe] = ProbeCatalog.all) -> InventorySnapshot {
        let output = ProbeRunner(probes).run(ProbeContext(root: root))
        return InventorySnapshot(
            device: output.device, components: output.components, firmware: output.firmware, boot: output.boot,
            kernel: output.kernel, gaps: output.gaps)
    }

    /// dmidecode texts, brought back to tables.
    private static func machines() throws -> Population {
        let folder = try UnpackedFolder(corpus: "dmi-population/dmidecode-300.tar.gz")
        let devices = try folder.files.map { file in
            let table = DMITextTable(try folder.text(file))
            let tree = try HostTree(["/sys/firmware/dmi/tables/DMI": .bytes(table.bytes)])
            return (file, inventory(try tree.root(), [SMBIOSProbe()]))
        }
        return Population(name: "dmi-population", devices: devices)
    }

    private static func displays() throws -> Population {
        let folder = try UnpackedFolder(corpus: "edid/edid-300.tar.gz")
        let devices = try folder.files.map { file in
            let lines = try folder.text(file).split(separator: "\n", omittingEmptySubsequences: false)
            let bytes = lines.drop { !$0.hasPrefix("edid-decode (hex)") }.dropFirst().prefix { !$0.hasPrefix("-----") }
                .flatMap { Hex.bytes($0.split(separator: " ").joined()) ?? [] }
            let tree = try HostTree(["/sys/class/drm/card0-DP-1/edid": .bytes(bytes)])
            return (file, inventory(try tree.root(), [DisplayProbe()]))
        }
        return Population(name: "edid", devices: devices)
    }

    private static func trees() throws -> Population {
        let files = [".tar.gz", ".tar.bz2", ".tar.xz", ".ttar"]
            .flatMap { Corpus.files(in: "sysfs-trees", suffix: $0) }.sorted()
        let devices = try files.map { file in
            let tree = try RecordedTree(corpus: file)
            return (file, inventory(try tree.root()))
        }
        return Population(name: "sysfs-trees", devices: devices)
    }

    private static func usb() throws -> Population {
        let devices = try Corpus.files(in: "usb", suffix: ".umockdev").map { file in
            let tree = try UmockdevTree.make(try Corpus.text(file))
            return (file, inventory(try tree.root(), [PCIProbe(), USBProbe()]))
        }
        return Population(name: "usb", devices: devices)
    }

    /// smartctl texts of NVMe drives: model, firmware and the vendor of the controller, serial numbers scrubbed.
    private static func drives() throws -> Population {
        let folder = try UnpackedFolder(corpus: "nvme/smartctl-60.tar.gz")
        let devices = try folder.files.filter { $0.contains("NVMe/") }.map { file in
            var fields: [String: String] = [:]
            for line in try folder.text(file).split(separator: "\n") {
                guard let colon = line.firstIndex(of: ":") else { continue }
                fields[String(line[..<colon])] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
            let tree = try HostTree()
            let function = "/sys/devices/pci0000:00/0000:01:00.0"
            if let vendor = fields["PCI Vendor/Subsystem ID"] {
                try tree.set(function + "/vendor", .text(vendor + "\n"))
            }
            let controller = function + "/nvme/nvme0"
            try tree.set(controller + "/model", .text((fields["Model Number"] ?? "") + "\n"))
            try tree.set(controller + "/firmware_rev", .text((fields["Firmware Version"] ?? "") + "\n"))
            try tree.set("/sys/class/nvme/nvme0", .link("../../.." + controller.dropFirst(4)))
            try tree.set("/sys/bus/pci/devices/0000:01:00.0", .link("../../.." + function.dropFirst(4)))
            return (file, inventory(try tree.root(), [PCIProbe(), BlockStorageProbe()]))
        }
        return Population(name: "nvme", devices: devices)
    }
}
