import AssayTestKit
import Foundation
import Testing

/// From known-good units to a profile, from a good unit to its record, and back to a verdict.
@Suite(.ownThread) struct GoldenTests {
    private static func scan(_ tree: HostTree, in folder: TemporaryFolder, as name: String) throws -> String {
        let path = folder.path(name)
        let result = try Programs.run(
            Programs.agent, ["scan", "--root", tree.path, "--format", "json", "--output", path])
        #expect(result.status == 0, "\(result.errors)")
        return path
    }

    @Test("a profile of two units passes both, and names in what they differ") func golden() throws {
        let folder = try TemporaryFolder()
        let first = try ExampleUnit.tree()
        let second = try ExampleUnit.tree()
        try second.set("/sys/class/dmi/id/bios_version", "1.5.0\n")
        for (path, node) in ExampleUnit.pci("0000:03:00.0", vendor: "1b21", device: "2142", class: "0c0330") {
            try second.set(path, node)
        }
        let scans = [try Self.scan(first, in: folder, as: "1.json"), try Self.scan(second, in: folder, as: "2.json")]
        let profile = folder.path("profile.json")
        let learned = try Programs.run(Programs.agent, ["golden", "--id", "edge", "--output", profile] + scans)
        #expect(learned.status == 0, "\(learned.errors)")
        #expect(learned.errors.contains("pci/0000:03:00.0 presence: absent (1), present (1): the part is optional"))
        #expect(learned.errors.contains("fw/bios firmwareVersion: "))
        for tree in [first, second] {
            let result = try Programs.run(Programs.agent, ["verify", "--profile", profile, "--root", tree.path])
            #expect(result.status == 0, "\(result.output)")
        }
        try second.set("/sys/bus/pci/devices/0000:02:00.0/device", "0x1539\n")
        let result = try Programs.run(Programs.agent, ["verify", "--profile", profile, "--root", second.path])
        #expect(result.status == 1)
        #expect(result.output.contains("pci/0000:02:00.0"))
    }

    @Test("the record of a good unit is written, and that of another one is not") func capture() throws {
        let folder = try TemporaryFolder()
        let tree = try ExampleUnit.tree()
        let good = try Self.scan(tree, in: folder, as: "good.json")
        let profile = folder.path("profile.json")
        #expect(try Programs.run(Programs.agent, ["golden", "--id", "edge", "-o", profile, good]).status == 0)
        let record = folder.path("record.json")
        let arguments = ["records", "capture", "--profile", profile, "--serial", "LABEL-42", "--station", "EOL-3"]
        let written = try Programs.run(Programs.agent, arguments + ["--inventory", good, "--output", record])
        #expect(written.status == 0, "\(written.errors)")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: record))) as? [String: Any])
        #expect(object["profile"] as? String == "edge")
        #expect(object["station"] as? String == "EOL-3")
        #expect((object["components"] as? [Any])?.isEmpty == false)

        try tree.remove("/sys/bus/pci/devices/0000:00:02.0")
        let bad = try Self.scan(tree, in: folder, as: "bad.json")
        let refused = try Programs.run(
            Programs.agent, arguments + ["--inventory", bad, "--output", folder.path("none")])
        #expect(refused.status == 1)
        #expect(refused.errors.contains("missing pci/0000:00:02.0"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
    }

    @Test("two models, or a file that is no scan, are refused by name") func refusals() throws {
        let folder = try TemporaryFolder()
        let one = try ExampleUnit.tree()
        let other = try ExampleUnit.tree()
        try other.set("/sys/class/dmi/id/product_name", "Another model\n")
        let scans = [try Self.scan(one, in: folder, as: "1.json"), try Self.scan(other, in: folder, as: "2.json")]
        let mixed = try Programs.run(Programs.agent, ["golden", "--id", "edge"] + scans)
        #expect(mixed.status == 65)
        #expect(mixed.errors.contains("unit 2 is a"))
        let absent = try Programs.run(Programs.agent, ["golden", "--id", "edge", folder.path("none.json")])
        #expect(absent.status == 66)
        let odd = folder.path("odd.json")
        try Data("[]".utf8).write(to: URL(filePath: odd))
        #expect(try Programs.run(Programs.agent, ["golden", "--id", "edge", odd]).status == 65)
        #expect(try Programs.run(Programs.agent, ["golden", "--id", "a b"]).status == 64)
        #expect(try Programs.run(Programs.agent, ["records", "capture", "--inventory", odd]).status == 65)
    }
}
