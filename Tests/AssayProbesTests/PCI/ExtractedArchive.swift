import AssayHost
import AssayTestKit
import Foundation

/// The PCI and USB devices of a recorded sysfs tree of the corpus, unpacked into a temporary directory.
final class ExtractedArchive {
    /// What was counted in the archive when the corpus was made.
    struct Facts: Decodable {
        /// `0x8086:0x1237 class 0x060000` by address.
        var pciIDs: [String: String]?
        /// `vendor:product` by device name.
        var usbIDs: [String: String]?
        /// Length of `descriptors` by device name.
        var descriptorLengths: [String: Int]?

        private enum CodingKeys: String, CodingKey {
            case pciIDs = "pci_ids"
            case usbIDs = "usb_ids"
            case descriptorLengths = "usb_devices_with_descriptors"
        }
    }

    /// The facts of the same name.
    let facts: Facts
    private let tree: HostTree
    private let top: String

    /// Archives below the folder of trees that have facts about PCI functions.
    static var withPCI: [String] {
        ["hwloc/2pa-pcidomain32bits", "hwloc/32em64t-2n8c+dax+nvme+mic+dimms"].map { "sysfs-trees/" + $0 + ".tar.bz2" }
            + Corpus.files(in: "sysfs-trees/ghw", suffix: ".tar.gz")
    }

    /// Unpacks `archive`, a name relative to the corpus.
    init(_ archive: String) throws {
        tree = try HostTree()
        let tar = Process()
        tar.executableURL = URL(filePath: "/usr/bin/tar")
        // The PCI and USB parts alone, without the thousands of attributes that no probe of these buses reads.
        let unread = ["power", "msi_irqs", "uevent", "net", "block", "pci_bus", "resource*", "local_cpu*", "ep_*"]
        tar.arguments =
            ["-xf", (Corpus.path ?? "") + "/" + archive, "-C", tree.path, "--no-same-owner"]
            + unread.map { "--exclude=" + $0 } + ["--wildcards", "*sys/bus/pci*", "*sys/devices/pci*"]
        try tar.run()
        tar.waitUntilExit()
        guard tar.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        let stem = archive.range(of: ".tar").map { String(archive[..<$0.lowerBound]) } ?? archive
        facts = try JSONDecoder().decode(Facts.self, from: Data(try Corpus.bytes(stem + ".facts.json")))
        let names = try FileManager.default.contentsOfDirectory(atPath: tree.path)
        top = names.contains("sys") ? tree.path : tree.path + "/" + (names.first ?? "")
    }

    /// The machine's root.
    func root() throws -> HostRoot { try HostRoot(path: top) }
}
