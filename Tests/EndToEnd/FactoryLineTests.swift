import AssayTestKit
import Foundation
import Testing

/// `verify` at a factory line with a collector that comes and goes.
@Suite(.serialized, .ownThread) struct FactoryLineTests {
    /// A line: a collector, an agent that is enrolled with it, a unit as a tree, and the profile of its model.
    private struct Line {
        let collector: LiveCollector
        let agent: LiveAgent
        let tree: HostTree
        let profile: String

        init(serial: String = "SN-0042") throws {
            collector = try LiveCollector()
            agent = try LiveAgent()
            let enrolled = try agent.enroll(collector)
            guard enrolled.status == 0 else { throw CommandFailed(arguments: ["enroll"], result: enrolled) }
            tree = try FactoryLineTests.unit(serial)
            profile = collector.folder.path("profile.json")
            let text = #"""
                {"schema":"assay/profile/v1","id":"edge-200","version":"1","components":[
                {"class":"pci","slot":"pci/0000:02:00.0","ids":{"vendor":"8086","device":"1533"}}],
                "classes":{"*":{"unexpected":"ignore"}}}
                """#
            try Data(text.utf8).write(to: URL(filePath: profile))
        }

        /// Verifies the unit, or `tree` in its place; the JSON of the result beside what the program left.
        func verify(
            _ arguments: [String], tree: HostTree? = nil
        ) throws -> (result: ProgramResult, json: [String: Any]) {
            let root = (tree ?? self.tree).path
            let result = try agent.run(
                ["verify", "--profile", profile, "--root", root, "--format", "json"] + arguments)
            let json = try? JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            return (result, json ?? [:])
        }

        /// Names of the results in a folder of the spool.
        func spooled(_ folder: String = "new") throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: agent.state + "/results/" + folder)
        }

        /// What the collector lists.
        func results() throws -> [[String: Any]] {
            try collector.json(["results", "list"])["items"] as? [[String: Any]] ?? []
        }
    }

    private static func unit(_ serial: String) throws -> HostTree {
        let tree = try ExampleUnit.tree()
        try tree.set("/sys/class/dmi/id/product_serial", .text(serial + "\n"))
        return tree
    }

    private static let signing = ["--sign", "--station", "L3-7", "--operator", "4711"]

    @Test("a result that was signed while the collector was down is delivered with the next report, and listed")
    func deliversLater() throws {
        let line = try Line()
        line.collector.kill()
        let (passed, json) = try line.verify(Self.signing)
        #expect(passed.status == 0, "\(passed.errors)")
        #expect(json["verdict"] as? String == "pass")
        #expect(json["station"] as? String == "L3-7")
        #expect(json["operator"] as? String == "4711")
        #expect(json["fleet"] == nil)
        let worse = try Self.unit("SN-0043")
        try worse.set("/sys/bus/pci/devices/0000:02:00.0/device", "0x1539\n")
        #expect(try line.verify(Self.signing, tree: worse).result.status == 1)
        #expect(try line.spooled().count == 2)

        try line.collector.start()
        let report = try line.agent.report(of: line.tree.path)
        #expect(report.status == 0, "\(report.errors)")
        #expect(report.view["results"] as? Int == 2)
        #expect(try line.spooled().isEmpty)
        let results = try line.results()
        #expect(results.map { $0["unit"] as? String } == ["SN-0043", "SN-0042"])
        #expect(results.map { $0["verdict"] as? String } == ["fail", "pass"])
        #expect(results.allSatisfy { $0["station"] as? String == "L3-7" && $0["operator"] as? String == "4711" })
        let stations = try line.collector.json(["results", "list"])["stations"] as? [[String: Any]]
        #expect(stations?.first?["firstPassYield"] as? Double == 50)
        let digest = try #require(results.first?["digest"] as? String)
        let shown = try line.collector.ok(["results", "show", String(digest.dropFirst(7).prefix(12))])
        #expect(shown.contains("pci/0000:02:00.0"), "\(shown)")
        #expect(shown.contains("profile edge-200") || shown.contains("edge-200, sha256:"), "\(shown)")
        #expect(try line.collector.ok(["results", "list"]).contains("FIRST-PASS YIELD"))
    }

    @Test("with the collector at hand a result is delivered at once; the same one again is kept once")
    func deliversAtOnceAndOnce() throws {
        let line = try Line()
        _ = try line.agent.report(of: line.tree.path)
        line.collector.kill()
        _ = try line.verify(Self.signing)
        let name = try #require(try line.spooled().first)
        let copy = try Data(contentsOf: URL(filePath: "\(line.agent.state)/results/new/\(name)"))
        try line.collector.start()
        let (asked, json) = try line.verify(Self.signing + ["--collector"])
        #expect(asked.status == 0, "\(asked.errors)")
        #expect(json["fleet"] as? String == "asked", "\(json)")
        #expect(try line.spooled().isEmpty, "\(asked.errors)")
        #expect(try line.results().count == 2)

        try copy.write(to: URL(filePath: "\(line.agent.state)/results/new/\(name)"))
        let again = try line.agent.report(of: line.tree.path)
        #expect(again.view["results"] as? Int == 1, "\(again.errors)")
        #expect(try line.spooled().isEmpty)
        #expect(try line.results().count == 2)
    }

    @Test func tamperedResultIsRefused() throws {
        let line = try Line()
        line.collector.kill()
        _ = try line.verify(Self.signing)
        let name = try #require(try line.spooled().first)
        let file = URL(filePath: "\(line.agent.state)/results/new/\(name)")
        var text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        // One letter of the payload's base64 in the middle: what it says is another thing, the form holds.
        let marker = try #require(text.range(of: #""payload":""#))
        let position = text.index(marker.upperBound, offsetBy: 400)
        text.replaceSubrange(position...position, with: text[position] == "A" ? "B" : "A")
        try Data(text.utf8).write(to: file)

        try line.collector.start()
        let (asked, _) = try line.verify(["--collector"])
        #expect(asked.errors.contains("signature-invalid") || asked.errors.contains("does not fit"), "\(asked.errors)")
        #expect(asked.errors.contains("set aside"))
        #expect(try line.spooled().isEmpty)
        #expect(try line.spooled("refused") == [name])
        #expect(try line.results().isEmpty)
    }

    @Test(
        "without an answer the verdict stands and says what it does not cover; nothing is decided where one is required"
    )
    func collectorThatIsDown() throws {
        let line = try Line()
        _ = try line.agent.report(of: line.tree.path)
        line.collector.kill()
        let (alone, json) = try line.verify(["--collector"])
        #expect(alone.status == 0)
        #expect(json["fleet"] as? String == "not-asked")
        #expect("\(json["reasons"] ?? "")".contains("fleet rules were not asked: collector unreachable"), "\(json)")
        let (required, undecided) = try line.verify(["--require-collector"] + Self.signing)
        #expect(required.status == 2)
        #expect(undecided["verdict"] as? String == "undetermined")
        #expect(try line.spooled().count == 1)
    }

    @Test("what only the collector sees makes a good unit fail")
    func copiedKey() throws {
        let line = try Line()
        _ = try line.agent.report(of: line.tree.path)
        let copy = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: line.agent.state, toPath: copy.path("agent"))
        #expect(try line.agent.report(of: line.tree.path).status == 0)
        try FileManager.default.removeItem(atPath: line.agent.state)
        try FileManager.default.copyItem(atPath: copy.path("agent"), toPath: line.agent.state)
        try line.tree.set("/sys/class/dmi/id/bios_version", "1.4.3\n")
        _ = try line.agent.report(of: line.tree.path)

        #expect(try line.verify([]).result.status == 0)
        let (asked, json) = try line.verify(["--collector"])
        #expect(asked.status == 1, "\(json)")
        let rules = (json["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
        #expect(rules.contains { $0.hasPrefix("chain/") }, "\(rules)")
    }

    @Test("of two units that show one disk neither passes once the collector is asked")
    func sameDiskTwice() throws {
        let line = try Line()
        let other = try LiveAgent()
        _ = try other.enroll(line.collector)
        let twin = try Self.unit("SN-0041")
        for tree in [twin, line.tree] {
            for (path, node) in ExampleUnit.disk(serial: "S5GXNF0R123456") { try tree.set(path, node) }
        }
        #expect(try other.report(of: twin.path).status == 0)
        #expect(try line.agent.report(of: line.tree.path).status == 0)

        #expect(try line.verify([]).result.status == 0)
        let (asked, json) = try line.verify(["--collector"] + Self.signing)
        #expect(asked.status == 2, "\(json)")
        #expect(json["fleet"] as? String == "asked")
        let rules = (json["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
        #expect(rules.contains("fleet/duplicate-component-serial"), "\(rules)")
        #expect(try line.results().first?["verdict"] as? String == "undetermined")
    }

    @Test("a station does not ask about its own key for another unit")
    func stationIsNotTheUnit() throws {
        let line = try Line()
        _ = try line.agent.report(of: line.tree.path)
        let (asked, json) = try line.verify(Self.signing + ["--collector"], tree: try Self.unit("SN-0099"))
        #expect(asked.status == 0, "\(asked.errors)")
        #expect(json["fleet"] as? String == "not-asked")
        #expect("\(json["reasons"] ?? "")".contains("another unit"), "\(json)")
        #expect(try line.results().map { $0["unit"] as? String } == ["SN-0099"])
    }

    @Test("without a key nothing is verified, since nothing could be signed")
    func withoutAKey() throws {
        let line = try Line()
        let stranger = try LiveAgent()
        let result = try stranger.run(
            ["verify", "--profile", line.profile, "--root", line.tree.path] + Self.signing)
        #expect(result.status == 69)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("enroll"), "\(result.errors)")
    }

    @Test func junitCarriesStationAndOperator() throws {
        let line = try Line()
        let result = try line.agent.run(
            ["verify", "--profile", line.profile, "--root", line.tree.path, "--format", "junit"] + Self.signing)
        #expect(result.output.contains(#"<property name="station" value="L3-7"/>"#), "\(result.output)")
        #expect(result.output.contains(#"<property name="operator" value="4711"/>"#))
    }
}
