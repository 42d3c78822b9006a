import AssayHost
import AssayModel
import AssayTestKit
import Testing

@testable import AssayProbes

/// Recorded trees of real machines against what other programs read from them.
@Suite("SMBIOS in recorded trees", .enabled(if: Corpus.isAvailable))
struct SMBIOSRecordedTreesTests {
    /// The part of a tree's facts that stands in `dmi/id`.
    private struct Facts: Decodable {
        var dmiID: [String: String]?
        private enum CodingKeys: String, CodingKey { case dmiID = "dmi_id" }
    }

    static let trees: [String] = Corpus.files(in: "sysfs-trees/hwloc", suffix: ".tar.bz2")

    @Test("agrees with the identity strings of the tree and with the modules that hwloc found", arguments: trees)
    func identity(_ name: String) throws {
        let tree = try RecordedTree(corpus: name)
        defer { withExtendedLifetime(tree) {} }
        let output = SMBIOSProbe().read(ProbeContext(root: try tree.root()))
        let facts = try CanonicalJSON.decode(
            Facts.self, from: try Corpus.bytes(name.replacing(".tar.bz2", with: ".facts.json")))
        let strings = facts.dmiID ?? [:]
        func fact(_ file: String) -> String? {
            let text = strings[file].map { String($0.trimming { $0 == " " }) } ?? ""
            return text.isEmpty ? nil : text
        }
        #expect(output.gaps.isEmpty)
        #expect(output.device.manufacturer == fact("sys_vendor"))
        #expect(output.device.model == fact("product_name"))
        #expect(output.device.version == fact("product_version"))
        #expect(output.device.sku == fact("product_sku"))
        #expect(output.device.family == fact("product_family"))
        #expect(output.device.boardManufacturer == fact("board_vendor"))
        #expect(output.device.boardModel == fact("board_name"))
        let firmware = output.firmware.first { $0.location == "fw/bios" }
        #expect(firmware?.manufacturer == fact("bios_vendor"))
        #expect(firmware?.firmwareVersion == fact("bios_version"))
        #expect(firmware?.properties["releaseDate"] == fact("bios_date"))
        #expect(output.firmware.first { $0.location == "fw/ec" }?.firmwareVersion == fact("ec_firmware_release"))
        let chassis = output.components.first { $0.componentClass == .chassis }
        #expect(chassis?.manufacturer == fact("chassis_vendor"))
        let xml = name.replacing(".tar.bz2", with: ".xml")
        let found = Corpus.files(in: "sysfs-trees/hwloc").contains(xml) ? Self.modules(in: try Corpus.text(xml)) : []
        #expect(Self.modules(in: output) == found)
        #expect((chassis?.properties["type"] == nil) == (fact("chassis_type") == nil))
    }

    /// The modules of an inventory in the terms of hwloc, sorted by locator.
    private static func modules(in output: ProbeOutput) -> [[String]] {
        let modules = output.components.filter { $0.properties["populated"] == "true" }
        return modules.map { module in
            let fields = [
                module.properties["locator"], module.manufacturer, module.serial, module.properties["assetTag"],
                module.partNumber, module.properties["formFactor"], module.properties["type"],
                module.properties["rank"],
            ]
            let size = (module.properties["size"].flatMap { UInt64($0) } ?? 0) >> 10
            return fields.compactMap { $0 } + ["\(size)KiB"]
        }.sorted { $0[0] < $1[0] }
    }

    /// The modules of hwloc's XML, sorted by locator, with blanks trimmed.
    private static func modules(in xml: String) -> [[String]] {
        let names = [
            "DeviceLocation", "Vendor", "SerialNumber", "AssetTag", "PartNumber", "FormFactor", "Type", "Rank", "Size",
        ]
        let objects = xml.split(separator: "subtype=\"MemoryModule\"").dropFirst()
        return objects.map { object in
            let body = object.split(separator: "</object>")[0]
            return names.compactMap { name in
                guard let start = body.firstRange(of: "<info name=\"\(name)\" value=\"") else { return nil }
                return String(String(body[start.upperBound...].prefix { $0 != "\"" }).trimming { $0 == " " })
            }
        }.sorted { $0[0] < $1[0] }
    }
}

extension String {
    /// The text without the characters at its ends that `isBlank`.
    fileprivate func trimming(_ isBlank: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text.drop(while: isBlank)
    }
}
