import AssayTestKit
import Foundation
import Testing

/// `scan --root` over whole trees of real machines, against the facts that were counted from the archives.
@Suite(.ownThread, .enabled(if: Corpus.isAvailable, "ASSAY_CORPUS is not set"))
struct RecordedTreeTests {
    static let archives = Corpus.files(in: "sysfs-trees").filter { $0.contains(".tar.") || $0.hasSuffix(".ttar") }

    @Test(arguments: archives) func agreesWithTheArchive(_ archive: String) throws {
        let tree = try RecordedTree(corpus: archive)
        let scan = try Self.scan(tree.path)
        let facts = try Self.facts(of: archive)
        let components = try #require(scan["components"] as? [[String: Any]])

        if let expected = facts["pci_ids"] as? [String: String] {
            var found: [String: String] = [:]
            for part in components where part["class"] as? String == "pci" {
                let ids = part["ids"] as? [String: String] ?? [:]
                let address = String((part["location"] as? String ?? "").dropFirst(4))
                found[address] =
                    "0x\(ids["vendor"] ?? ""):0x\(ids["device"] ?? "") class 0x\(ids["class"] ?? "")"
            }
            #expect(found == expected)
        }
        if let expected = facts["usb_ids"] as? [String: String] {
            var found: [String: String] = [:]
            for part in components where part["class"] as? String == "usb" {
                let ids = part["ids"] as? [String: String] ?? [:]
                found[String((part["location"] as? String ?? "").dropFirst(4))] =
                    "\(ids["vendor"] ?? ""):\(ids["device"] ?? "")"
            }
            #expect(found == expected)
        }
        if let expected = facts["nvme_controllers"] as? [String: [String: String]] {
            for (name, drive) in expected {
                // A drive with two controllers is one part, so it is found by what it says of itself.
                let part = components.first { $0["serial"] as? String == drive["serial"] }
                #expect(part?["model"] as? String == drive["model"], "\(name)")
                #expect(part?["serial"] as? String == drive["serial"], "\(name)")
                #expect(part?["firmwareVersion"] as? String == drive["firmware_rev"], "\(name)")
            }
        }
        if let dmi = facts["dmi_id"] as? [String: String], let vendor = dmi["sys_vendor"] {
            let device = try #require(scan["device"] as? [String: Any])
            #expect(device["manufacturer"] as? String == vendor)
            #expect(device["model"] as? String == dmi["product_name"])
            let firmware = scan["firmware"] as? [[String: Any]] ?? []
            let bios = firmware.first { $0["location"] as? String == "fw/bios" }
            #expect(bios?["firmwareVersion"] as? String == dmi["bios_version"])
            #expect(bios?["manufacturer"] as? String == dmi["bios_vendor"])
        }
        let processors = components.filter { $0["class"] as? String == "processor" }
        #expect(facts["cpu_dirs"] == nil || !processors.isEmpty)
    }

    @Test("two scans of one tree, and of its copy elsewhere, give the same bytes", arguments: archives)
    func isDeterministic(_ archive: String) throws {
        let first = try RecordedTree(corpus: archive)
        let second = try RecordedTree(corpus: archive)
        let outputs = try [first.path, first.path, second.path].map { root in
            try Programs.run(Programs.agent, ["scan", "--root", root, "--format", "json"]).output
        }
        #expect(outputs[0] == outputs[1])
        #expect(outputs[0] == outputs[2])
    }

    /// The facts that were counted from an archive; empty where none were.
    private static func facts(of archive: String) throws -> [String: Any] {
        let name = archive.replacing(/\.tar\.\w+$/, with: "") + ".facts.json"
        guard Corpus.files(in: "sysfs-trees").contains(name) else { return [:] }
        return try JSONSerialization.jsonObject(with: Data(try Corpus.bytes(name))) as? [String: Any] ?? [:]
    }

    static func scan(_ root: String) throws -> [String: Any] {
        let result = try Programs.run(Programs.agent, ["scan", "--root", root, "--format", "json"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.isEmpty)
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }
}

/// `scan --root` over every dump of an SMBIOS table, against dmidecode's text of it.
@Suite(.ownThread, .enabled(if: Corpus.isAvailable, "ASSAY_CORPUS is not set"))
struct RecordedTableTests {
    static let dumps = Corpus.files(in: "smbios").filter {
        $0.hasSuffix(".bin") || $0.hasSuffix(".dmi") || $0.hasSuffix("tables32/DMI")
    }

    @Test(arguments: dumps) func namesWhatDMIDecodeNames(_ dump: String) throws {
        let tree = try HostTree(["/sys/firmware/dmi/tables/DMI": .bytes(try Corpus.bytes(dump))])
        if dump.hasSuffix("tables32/DMI") {
            let entryPoint = try Corpus.bytes("smbios/fwupd/tables32/smbios_entry_point")
            try tree.set("/sys/firmware/dmi/tables/smbios_entry_point", .bytes(entryPoint))
        }
        let scan = try RecordedTreeTests.scan(tree.path)
        let stem = dump.replacing(/\.(bin|dmi)$/, with: "")
        let name = Corpus.files(in: "smbios").first {
            $0 == stem + ".dmidecode-3.4.txt" || $0 == dump + ".dmidecode-3.4.txt"
        }
        let text = try Corpus.text(try #require(name))
        let device = try #require(scan["device"] as? [String: Any])
        #expect(device["manufacturer"] as? String == Self.value("Manufacturer", in: "System Information", text))
        #expect(device["model"] as? String == Self.value("Product Name", in: "System Information", text))
        let firmware = try #require(scan["firmware"] as? [[String: Any]])
        let bios = firmware.first { $0["location"] as? String == "fw/bios" }
        #expect(bios?["firmwareVersion"] as? String == Self.value("Version", in: "BIOS Information", text))
        let parts = scan["components"] as? [[String: Any]] ?? []
        let modules = parts.filter { part in
            part["class"] as? String == "memory"
                && (part["properties"] as? [String: String])?["populated"] != "false"
        }
        let sizes = text.matches(of: /\tSize: \d+ [MGk]B\n\tForm Factor/).count
        #expect(modules.count == sizes)
    }

    /// The first value of a key below a heading, trimmed as the agent trims; nil where dmidecode shows none.
    private static func value(_ key: String, in heading: String, _ text: String) -> String? {
        guard let start = text.range(of: "\n" + heading + "\n") else { return nil }
        let body = text[start.upperBound...]
        let block = body.range(of: "\n\n").map { body[..<$0.lowerBound] } ?? body
        for line in block.split(separator: "\n") where line.hasPrefix("\t\(key): ") {
            let value = line.dropFirst(key.count + 3).split(separator: " ").joined(separator: " ")
            return value.isEmpty || value == "Not Specified" ? nil : value
        }
        return nil
    }
}
