import AssayTestKit
import Foundation
import Testing

/// The collector is lost and comes back from its backup.
@Suite(.serialized, .ownThread) struct RestoreTests {
    @Test("after a restore the same agent reports on, and the findings are there")
    func reportsGoOn() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        let tree = try ExampleUnit.tree()
        #expect(try agent.enroll(collector).status == 0)
        #expect(try agent.report(of: tree.path).status == 0)
        let id = try agent.deviceID()
        try collector.ok(["profiles", "learn", "--device", id, "--id", "edge-200"])
        try tree.set("/sys/bus/pci/devices/0000:02:00.0/device", "0x1539\n")
        #expect(try agent.report(of: tree.path).view["verdict"] as? String == "fail")
        let findings = try collector.ok(["findings", "list"])
        #expect(findings.contains("trace/mismatched-component"))
        let backup = collector.folder.path("backup.db")
        try collector.ok(["backup", backup])
        // A report that the backup does not know.
        #expect(try agent.report(of: tree.path).status == 0)

        collector.kill()
        try FileManager.default.removeItem(atPath: collector.state)
        try collector.ok(["restore", backup])
        try collector.start()
        #expect(try collector.ok(["findings", "list"]) == findings)
        let next = try agent.report(of: tree.path)
        #expect(next.status == 0, "\(next.errors)")
        #expect(next.view["verdict"] as? String == "fail")
        #expect(try collector.json(["devices", "show", id])["sequence"] as? Int == 4)
        let rules = try collector.findings(of: id).compactMap {
            ($0["finding"] as? [String: Any])?["rule"] as? String
        }
        // The report that the backup does not know shows, as it should.
        #expect(
            Set(rules) == [
                "trace/mismatched-component", "change/component-changed", "chain/sequence-gap",
                "chain/previous-mismatch",
            ])
        #expect(try agent.enroll(collector).status == 0, "the authority is the same")
    }

    @Test("a restore that fails says why and leaves nothing that looks like a collector")
    func failingRestores() throws {
        let collector = try LiveCollector()
        let whole = collector.folder.path("whole.db")
        try collector.ok(["backup", whole])
        let junk = collector.folder.path("junk.db")
        try Data("not a database".utf8).write(to: URL(filePath: junk))
        let half = collector.folder.path("half.db")
        try Data(try Data(contentsOf: URL(filePath: whole)).prefix(20_000)).write(to: URL(filePath: half))
        let target = collector.folder.path("restored")
        let cases: [(String, String, Int32, String)] = [
            (collector.folder.path("none.db"), target, 66, "does not exist"), (junk, target, 65, "is not a backup"),
            (half, target, 65, "is not a backup"), (whole, collector.state, 73, "holds a collector already"),
            (collector.state + "/collector.db", target, 65, "is not a backup"),
        ]
        for (backup, state, status, words) in cases {
            let result = try Programs.run(Programs.collector, ["restore", backup, "--state", state])
            #expect(result.status == status, "\(backup): \(result.errors)")
            #expect(result.errors.contains(words), "\(result.errors)")
        }
        // The folder is as good as new for the right backup.
        let result = try Programs.run(Programs.collector, ["restore", whole, "--state", target])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try collector.json(["devices", "list"])["items"].map { ($0 as? [Any])?.count } == 0)
    }
}
