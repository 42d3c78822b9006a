import Foundation
import Testing

/// Both real programs over TLS on loopback: enrol, report, and what must not get through.
@Suite(.serialized, .ownThread) struct DeliveryTests {
    @Test func enrolsReportsAndIsJudged() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        let enrolled = try agent.enroll(collector)
        #expect(enrolled.status == 0, "\(enrolled.errors)")
        let first = try agent.report()
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.view["verdict"] as? String == "unverified")
        #expect(try agent.spooled().isEmpty)

        try collector.ok(["profiles", "learn", "--device", try agent.deviceID()])
        let second = try agent.report()
        #expect(second.view["verdict"] as? String == "pass")
        let device = try collector.json(["devices", "show", try agent.deviceID()])
        #expect(device["verdict"] as? String == "pass")
        #expect(device["sequence"] as? Int == 2)
    }

    @Test("an unchanged report costs at most 1.5 KB of body, both ways together")
    func unchangedReportIsSmall() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        _ = try agent.enroll(collector)
        let first = try agent.report()
        #expect(first.status == 0, "\(first.errors)")
        let second = try agent.report()
        let sent = try #require(second.view["sentBytes"] as? Int)
        let received = try #require(second.view["receivedBytes"] as? Int)
        #expect(sent > 0 && received > 0)
        #expect(sent + received <= 1536)
    }

    @Test func collectorThatIsDownLosesNothing() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        _ = try agent.enroll(collector)
        collector.kill()
        let failed = try agent.report()
        #expect(failed.status == 69)
        #expect(failed.errors.contains("unreachable"))
        #expect(try agent.spooled().count == 1)

        try collector.start()
        let delivered = try agent.report()
        #expect(delivered.status == 0, "\(delivered.errors)")
        #expect(delivered.view["acknowledged"] as? Int == 2)
        #expect(try agent.spooled().isEmpty)
        let device = try collector.json(["devices", "show", try agent.deviceID()])
        #expect(device["sequence"] as? Int == 2)
    }

    @Test("a report that was acknowledged survives SIGKILL of the collector")
    func acknowledgedReportsSurviveSIGKILL() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        _ = try agent.enroll(collector)
        for round in 1...5 {
            let result = try agent.report(wait: 0)
            #expect(result.status == 0, "\(result.errors)")
            let digest = try #require(result.view["report"] as? String)
            collector.kill()
            try collector.start()
            let device = try collector.json(["devices", "show", try agent.deviceID()])
            #expect(device["report"] as? String == digest)
            #expect(device["sequence"] as? Int == round)
        }
    }

    @Test func tamperedReportIsRefused() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        _ = try agent.enroll(collector)
        collector.kill()
        _ = try agent.report()
        let name = try #require(try agent.spooled().first)
        let file = URL(filePath: agent.state + "/spool/new/" + name)
        var text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        // One letter of the signature: the envelope stays well-formed.
        let marker = try #require(text.range(of: #""sig":""#))
        let position = text.index(marker.upperBound, offsetBy: 20)
        text.replaceSubrange(position...position, with: text[position] == "A" ? "B" : "A")
        try Data(text.utf8).write(to: file)

        try collector.start()
        let result = try agent.report()
        #expect(result.errors.contains("refused") || result.errors.contains("damaged"), "\(result.errors)")
        let device = try collector.json(["devices", "show", try agent.deviceID()])
        #expect(device["sequence"] as? Int != 1)
    }

    @Test("a copied state folder cannot use a sequence number twice")
    func replayIsSeen() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        _ = try agent.enroll(collector)
        _ = try agent.report()
        let copy = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: agent.state, toPath: copy.path("agent"))
        #expect(try agent.report().status == 0)

        // The old state signs number 2 again, with other content; the collector says that it has one, and the agent
        // goes on with number 3, whose predecessor is not the one that the collector knows.
        try FileManager.default.removeItem(atPath: agent.state)
        try FileManager.default.copyItem(atPath: copy.path("agent"), toPath: agent.state)
        let replayed = try agent.report(excluding: "/*/**")
        let device = try collector.json(["devices", "show", try agent.deviceID()])
        #expect(replayed.status == 0, "\(replayed.errors)")
        #expect(device["sequence"] as? Int == 3)
        let findings = try collector.ok(["findings", "list", "--device", try agent.deviceID(), "--all"])
        #expect(findings.contains("chain/"))
    }

    @Test func secretsStayOutOfTheLog() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        let token = try collector.token()
        _ = try agent.enroll(collector, token: token)
        _ = try agent.report()
        let secret = String(token.split(separator: ".")[2])
        #expect(!(try collector.logText()).contains(secret))
    }
}
