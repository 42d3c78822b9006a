import AssayTestKit
import Foundation
import Testing

/// `scan --root` over whole trees of real machines, against the facts that were counted from the archives.
@Suite(.enabled(if: Corpus.isAvailable, "ASSAY_CORPUS is not set"))
struct RecordedTreeTests {
    static let archives = Corpus.files(in: "sysfs-trees").filter { $0.contains(".tar.") || $0.hasSuffix(".ttar") }

    @Test(arguments: archives) func agreesWithTheArchive(_ archive: String) throws {
        let tree = try RecordedTree(archive)
        let scan = try Self.scan(tree.root)
        let components = try #require(scan["components"] as? [[String: Any]])

        if let expected = tree.facts["pci_ids"] as? [String: String] {
            var found: [String: String] = [:]
            for part in components where part["class"] as? String == "pci" {
                let ids = part["ids"] as? [String: String] ?? [:]
                let address = String((part["location"] as? String ?? "").dropFirst(4))
                found[address] =
                    "0x\(ids["vendor"] ?? ""):0x\(ids["device"] ?? "") class 0x\(ids["class"] ?? "")"
            }
            #expect(found == expected)
        }
        if let expected = tree.facts["usb_ids"] as? [String: String] {
            var found: [String: String] = [:]
            for part in components where part["class"] as? String == "usb" {
                let ids = part["ids"] as? [String: String] ?? [:]
                found[String((part["location"] as? String ?? "").dropFirst(4))] =
                    "\(ids["vendor"] ?? ""):\(ids["device"] ?? "")"
            }
            #expect(found == expected)
        }
        if let expected = tree.facts["nvme_controllers"] as? [String: [String: String]] {
            for (name, facts) in expected {
                let part = components.first { $0["location"] as? String == "storage/\(name)" }
                #expect(part?["model"] as? String == facts["model"], "\(name)")
                #expect(part?["serial"] as? String == facts["serial"], "\(name)")
                #expect(part?["firmwareVersion"] as? String == facts["firmware_rev"], "\(name)")
            }
        }
        if let dmi = tree.facts["dmi_id"] as? [String: String], let vendor = dmi["sys_vendor"] {
            let device = try #require(scan["device"] as? [String: Any])
            #expect(device["manufacturer"] as? String == vendor)
            #expect(device["model"] as? String == dmi["product_name"])
            let firmware = scan["firmware"] as? [[String: Any]] ?? []
            let bios = firmware.first { $0["location"] as? String == "fw/bios" }
            #expect(bios?["firmwareVersion"] as? String == dmi["bios_version"])
            #expect(bios?["manufacturer"] as? String == dmi["bios_vendor"])
        }
        let processors = components.filter { $0["class"] as? String == "processor" }
        #expect(tree.facts["cpu_dirs"] == nil || !processors.isEmpty)
    }

    @Test("two scans of one tree, and of its copy elsewhere, give the same bytes", arguments: archives)
    func isDeterministic(_ archive: String) throws {
        let first = try RecordedTree(archive)
        let second = try RecordedTree(archive)
        let outputs = try [first.root, first.root, second.root].map { root in
            try Programs.run(Programs.agent, ["scan", "--root", root, "--format", "json"]).output
        }
        #expect(outputs[0] == outputs[1])
        #expect(outputs[0] == outputs[2])
    }

    static func scan(_ root: String) throws -> [String: Any] {
        let result = try Programs.run(Programs.agent, ["scan", "--root", root, "--format", "json"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.isEmpty)
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }
}
