import AssayTestKit
import Foundation
import Testing

/// `verify` on a tree with one part added, one removed, one swapped and one firmware downgraded.
@Suite(.ownThread) struct VerifyTests {
    private static func profile(of tree: HostTree, in folder: TemporaryFolder) throws -> String {
        let scan = try Programs.run(Programs.agent, ["scan", "--root", tree.path, "--format", "json"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(scan.output.utf8)) as? [String: Any])
        let parts = try #require(object["components"] as? [[String: Any]])
        let components = parts.filter { $0["class"] as? String == "pci" }.map { part -> [String: Any] in
            [
                "class": "pci", "slot": part["location"] ?? "",
                "ids": (part["ids"] as? [String: String] ?? [:]).filter { ["vendor", "device"].contains($0.key) },
            ]
        }
        let profile: [String: Any] = [
            "schema": "assay/profile/v1", "id": "edge-200", "version": "1", "components": components,
            "classes": [
                "*": ["unexpected": "ignore"], "pci": ["unexpected": "fail"],
            ],
            "firmware": [["location": "fw/bios", "minimum": "1.4.0"]],
        ]
        let path = folder.path("profile.json")
        try JSONSerialization.data(withJSONObject: profile).write(to: URL(filePath: path))
        return path
    }

    private static func verify(_ tree: HostTree, _ profile: String) throws -> (Int32, [[String: Any]], String) {
        let result = try Programs.run(
            Programs.agent, ["verify", "--profile", profile, "--root", tree.path, "--format", "json"])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.errors)")
        let outcomes = try #require(object["outcomes"] as? [[String: Any]])
        return (result.status, outcomes, object["verdict"] as? String ?? "")
    }

    @Test func theGoodUnitPasses() throws {
        let folder = try TemporaryFolder()
        let tree = try ExampleUnit.tree()
        let (status, outcomes, verdict) = try Self.verify(tree, try Self.profile(of: tree, in: folder))
        #expect(status == 0)
        #expect(verdict == "pass")
        #expect(outcomes.allSatisfy { $0["outcome"] as? String == "matched" })
        #expect(outcomes.count == 4)
    }

    @Test func exactlyTheFourChangesAreReported() throws {
        let folder = try TemporaryFolder()
        let tree = try ExampleUnit.tree()
        let profile = try Self.profile(of: tree, in: folder)
        for (path, node) in ExampleUnit.pci("0000:03:00.0", vendor: "1b21", device: "2142", class: "0c0330") {
            try tree.set(path, node)
        }
        try tree.remove("/sys/bus/pci/devices/0000:00:02.0")
        try tree.set("/sys/bus/pci/devices/0000:02:00.0/device", "0x1539\n")
        try tree.set("/sys/class/dmi/id/bios_version", "1.3.9\n")

        let (status, outcomes, verdict) = try Self.verify(tree, profile)
        let different = outcomes.filter { $0["outcome"] as? String != "matched" }
            .map { "\($0["outcome"] ?? "") \($0["location"] ?? "")" }
        #expect(status == 1)
        #expect(verdict == "fail")
        #expect(
            Set(different) == [
                "unexpected pci/0000:03:00.0", "missing pci/0000:00:02.0", "mismatched pci/0000:02:00.0",
                "mismatched fw/bios",
            ])
        #expect(different.count == 4)
    }

    @Test func wrongUsageSaysWhatToDo() throws {
        let folder = try TemporaryFolder()
        let broken = folder.path("broken.json")
        try Data("{\"schema\":\"assay/profile/v9\"}".utf8).write(to: URL(filePath: broken))
        let cases: [([String], Int32, String)] = [
            (["verify", "--profile", folder.path("none.json")], 66, "none.json"),
            (["verify", "--profile", broken], 65, "schema"),
            (["verify", "--root", folder.path("no-tree"), "--profile", broken], 65, "schema"),
            (["scan", "--root", folder.path("no-tree")], 66, "no-tree"),
            (["scan", "--sections", "parts"], 64, "parts"),
            (["scan", "--output", folder.path("no/such/folder")], 73, "no/such/folder"),
            (["scan", "--sections", "parts"], 64, "platform,components"),
            (["scan", "--root", "/", "--taken-at", "yesterday"], 64, "yesterday"),
            (["scan", "--taken-at", "2026-01-31T12:00:00Z"], 64, "--root"),
            (["scan", "--root", ""], 66, "no such directory"),
            (["scan", "--rehash"], 64, "--cache"), (["verify", "--rehash"], 64, "--rehash"),
            (["scan", "--rate", "99999999999999"], 64, "--rate"),
            (["report", "--wait=-1"], 64, "--wait"), (["report", "--wait", "86401"], 64, "--wait"),
            (["run", "--first-within", "9223372036854775807"], 64, "--first-within"),
            (["bogus"], 64, "bogus"),
        ]
        for (arguments, status, word) in cases {
            let result = try Programs.run(Programs.agent, arguments)
            #expect(result.status == status, "\(arguments): \(result.errors)")
            #expect(result.errors.contains(word), "\(arguments): \(result.errors)")
        }
    }

    @Test("the text names origin and next step below each difference, and verify --help the words")
    func textSaysWhereAndWhatToDo() throws {
        let folder = try TemporaryFolder()
        let tree = try ExampleUnit.tree()
        let profile = try Self.profile(of: tree, in: folder)
        try tree.remove("/sys/bus/pci/devices/0000:00:02.0")
        let result = try Programs.run(Programs.agent, ["verify", "--profile", profile, "--root", tree.path])
        let lines = result.output.split(separator: "\n").map(String.init)
        let index = try #require(lines.firstIndex { $0.hasPrefix("MISSING ") }, "\(result.output)")
        #expect(lines[index + 1].hasPrefix("    ") && lines[index + 1].contains("profile edge-200 v1"))
        #expect(lines[index + 2].hasPrefix("    ") && lines[index + 2].count > 10)
        let help = try Programs.run(Programs.agent, ["verify", "--help"]).output
        for word in ["MISSING", "EXTRA", "DIFFERENT", "CANNOT CHECK", "OTHER DEVICE'S"] {
            #expect(help.contains("\n  \(word) "), "\(word)")
        }
    }
}
