import Foundation
import Testing

/// No space left, on either side: a clear message, and everything goes on when there is space again.
@Suite(.serialized, .ownThread) struct FullDiskTests {
    @Test("the agent's disk is full", .enabled(if: TinyDisk.isPermitted, "needs the right to mount a tmpfs"))
    func agentsDisk() throws {
        let disk = try TinyDisk(size: 2 << 20)
        let collector = try LiveCollector()
        let agent = try LiveAgent(in: disk.path)
        #expect(try agent.enroll(collector).status == 0)
        #expect(try agent.report().status == 0)
        // A report that waits must outlast the full disk too.
        collector.kill()
        #expect(try agent.report().status == 69)
        try disk.fill()
        for _ in 0..<2 {
            let full = try agent.report()
            #expect(full.status == 74, "\(full.errors)")
            #expect(full.errors.contains("no space left") && full.errors.contains(disk.path), "\(full.errors)")
            #expect(try agent.spooled().count == 1)
        }

        try collector.start()
        try disk.free()
        let done = try agent.report()
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.view["acknowledged"] as? Int == 2)
        #expect(try agent.spooled().isEmpty)
        let id = try agent.deviceID()
        #expect(try collector.json(["devices", "show", id])["report"] as? String == done.view["report"] as? String)
        #expect(try collector.findings(of: id).isEmpty, "no report is missing from the chain")
    }

    @Test("files of the agent may not grow")
    func agentsLimit() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        #expect(try agent.enroll(collector).status == 0)
        let shell = ["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"", Programs.agent.path]
        let full = try Programs.run(
            URL(filePath: "/bin/sh"), shell + ["report", "--exclude", "/**", "--state", agent.state])
        #expect(full.status == 74, "\(full.errors)")
        #expect(full.errors.contains("File too large") && full.errors.contains(agent.state), "\(full.errors)")
        #expect(try agent.spooled().isEmpty)
        let done = try agent.report()
        #expect(done.status == 0, "\(done.errors)")
        #expect(try collector.findings(of: agent.deviceID()).isEmpty)
    }

    @Test("the collector's disk is full", .enabled(if: TinyDisk.isPermitted, "needs the right to mount a tmpfs"))
    func collectorsDisk() throws {
        let disk = try TinyDisk(size: 8 << 20)
        let collector = try LiveCollector(in: disk.path)
        let agent = try LiveAgent()
        #expect(try agent.enroll(collector).status == 0)
        let first = try agent.report()
        #expect(first.status == 0, "\(first.errors)")
        try disk.fill()
        // SQLite has room in pages that it holds already; sooner or later there is none.
        var refused = try agent.report(wait: 0)
        for _ in 0..<200 where refused.status == 0 { refused = try agent.report(wait: 0) }
        #expect(refused.status == 69, "\(refused.errors)")
        #expect(refused.errors.contains("collector busy") && refused.errors.contains("status 503"), "\(refused.errors)")
        #expect(refused.errors.contains(collector.address))
        let waiting = try agent.spooled().count
        #expect(waiting == 1)
        #expect(try collector.logText().contains("there is no space left"))
        let command = try collector.run(["token", "create"])
        #expect(command.status == 74, "\(command.errors)")
        #expect(command.errors.contains("space left"), "\(command.errors)")

        try disk.free()
        let done = try agent.report()
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.view["acknowledged"] as? Int == 2)
        let id = try agent.deviceID()
        #expect(try collector.json(["devices", "show", id])["report"] as? String == done.view["report"] as? String)
        #expect(try collector.findings(of: id).isEmpty, "no report is missing from the chain")
    }
}
