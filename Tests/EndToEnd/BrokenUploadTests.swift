import AssayTestKit
import Foundation
import Testing

/// Either side dies in the middle of an upload: afterwards everything is there once.
@Suite(.serialized, .ownThread) struct BrokenUploadTests {
    /// A tree whose content takes far more than the threshold on the wire: scripts with digests of their own.
    private static func tree() throws -> HostTree {
        let tree = try ExampleUnit.tree()
        for number in 0..<1500 {
            try tree.set("/opt/tools/\(number % 40)/tool-\(number)", .text("#!/bin/sh\n# \(number)\n"))
        }
        return tree
    }

    /// Encrypted bytes after which the upload is under way and far from done.
    private static let threshold = 40_000

    private static func enrolled() throws -> (LiveCollector, Relay, LiveAgent) {
        let collector = try LiveCollector()
        let relay = try Relay(to: collector.port)
        let agent = try LiveAgent()
        let result = try agent.enroll(collector, at: relay.address)
        #expect(result.status == 0, "\(result.errors)")
        return (collector, relay, agent)
    }

    /// What holds whichever side died: both reports are there, once, and whole.
    private static func isWhole(_ collector: LiveCollector, _ agent: LiveAgent, sequence: Int) throws {
        let id = try agent.deviceID()
        #expect(try agent.spooled().isEmpty)
        #expect(try collector.json(["devices", "show", id])["sequence"] as? Int == sequence)
        // Learning reads every section of the last report, and finds no damage.
        try collector.ok(["profiles", "learn", "--device", id, "--id", "learned"])
        let copy = collector.folder.path("copy.db")
        try collector.ok(["backup", copy])
        let findings = try collector.findings(of: id).compactMap { $0["finding"] as? [String: Any] }
        let rules = findings.compactMap { $0["rule"] as? String }
        #expect(rules.allSatisfy { !$0.hasPrefix("chain/") && !$0.hasPrefix("report/") }, "\(rules)")
    }

    @Test("the collector is killed during an upload")
    func collectorDies() throws {
        let (collector, relay, agent) = try Self.enrolled()
        let tree = try Self.tree()
        let victim = try #require(collector.processID)
        relay.after(Self.threshold) { kill(victim, SIGKILL) }
        let broken = try agent.report(of: tree.path)
        #expect(broken.status == 69, "\(broken.errors)")
        #expect(broken.errors.contains("unreachable"), "\(broken.errors)")
        #expect(try agent.spooled().count == 1)

        collector.kill()
        try collector.start()
        let before = relay.count
        let done = try agent.report(of: tree.path)
        #expect(done.status == 0, "\(done.errors)")
        #expect(relay.count - before > Self.threshold, "the kill came in the middle")
        #expect(done.view["acknowledged"] as? Int == 2)
        try Self.isWhole(collector, agent, sequence: 2)
    }

    @Test("the agent is killed during an upload")
    func agentDies() throws {
        let (collector, relay, agent) = try Self.enrolled()
        let tree = try Self.tree()
        let program = try agent.start(["report", "--root", tree.path])
        relay.after(Self.threshold) { program.kill() }
        #expect(try program.finish().status == SIGKILL)
        #expect(try agent.spooled().count == 1)
        #expect(try collector.json(["devices", "show", try agent.deviceID()])["sequence"] == nil)

        let before = relay.count
        let done = try agent.report(of: tree.path)
        #expect(done.status == 0, "\(done.errors)")
        #expect(relay.count - before > Self.threshold, "the kill came in the middle")
        #expect(done.view["acknowledged"] as? Int == 2)
        try Self.isWhole(collector, agent, sequence: 2)
    }

    @Test("a collector that takes less at a time gets it in smaller pieces")
    func smallUploads() throws {
        let (collector, relay, agent) = try Self.enrolled()
        collector.kill()
        let settings = collector.state + "/collector.conf"
        let text = try String(contentsOfFile: settings, encoding: .utf8) + "upload-limit = 30000\n"
        try Data(text.utf8).write(to: URL(filePath: settings))
        try collector.start()
        let before = relay.count
        let tree = try Self.tree()
        let done = try agent.report(of: tree.path)
        #expect(done.status == 0, "\(done.errors)")
        #expect(relay.count - before > 2 * 30_000, "the content is more than one upload may have")
        try Self.isWhole(collector, agent, sequence: 1)
    }

    @Test("the agent is killed at many moments of its work")
    func agentDiesAnywhere() throws {
        let (collector, relay, agent) = try Self.enrolled()
        let tree = try ExampleUnit.tree()
        var acknowledged = 0
        for threshold in [1, 200, 900, 1800, 2600, 3400, 4500] {
            try tree.set("/sys/class/dmi/id/bios_version", .text("2.0.\(threshold)\n"))
            let program = try agent.start(["report", "--wait", "0", "--root", tree.path])
            relay.after(threshold) { program.kill() }
            acknowledged += try program.finish().status == 0 ? 1 : 0
        }
        let done = try agent.report(of: tree.path)
        #expect(done.status == 0, "\(done.errors)")
        #expect(acknowledged < 7, "at least one was killed")
        let sequence = try #require(done.view["sequence"] as? Int)
        try Self.isWhole(collector, agent, sequence: sequence)
    }
}
