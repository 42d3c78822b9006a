import Foundation
import Testing

/// Clocks that are wrong, and certificates that end: the real programs under another time of day.
@Suite(.serialized, .ownThread, .enabled(if: ShiftedClock.compiler != nil, "needs a C compiler"))
struct ClockTests {
    private static let day = 86_400

    private static func enrolled() throws -> (LiveCollector, LiveAgent) {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        let result = try agent.enroll(collector)
        #expect(result.status == 0, "\(result.errors)")
        return (collector, agent)
    }

    /// The open findings of a device: rule, expected and observed.
    private static func open(_ collector: LiveCollector, _ agent: LiveAgent) throws -> [[String: Any]] {
        try collector.findings(of: agent.deviceID()).filter { $0["state"] as? String == "open" }
            .compactMap { $0["finding"] as? [String: Any] }
    }

    private static func certificate(of agent: LiveAgent) throws -> String {
        let data = try Data(contentsOf: URL(filePath: agent.state + "/enrollment.json"))
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return object?["certificate"] as? String ?? ""
    }

    @Test("a clock that jumps ahead and back is a finding each time, and none once it is right again")
    func jumps() throws {
        var (collector, agent) = try Self.enrolled()
        #expect(try agent.report().status == 0)
        #expect(try Self.open(collector, agent).filter { "\($0["rule"] ?? "")".hasPrefix("chain/") }.isEmpty)

        agent.clock = 2 * Self.day
        let ahead = try agent.report()
        #expect(ahead.status == 0, "\(ahead.errors)")
        let skew = try Self.open(collector, agent).filter { "\($0["rule"] ?? "")".hasPrefix("chain/") }
        #expect(skew.map { $0["rule"] as? String } == ["chain/clock-skew"])
        #expect((skew.first?["expected"] as? String)?.hasPrefix("not after ") == true)
        #expect(skew.first?["severity"] as? String == "low")

        agent.clock = 0
        #expect(try agent.report().status == 0)
        let back = try Self.open(collector, agent).filter { "\($0["rule"] ?? "")".hasPrefix("chain/") }
        #expect(back.map { $0["rule"] as? String } == ["chain/clock-backwards"])

        #expect(try agent.report().status == 0)
        #expect(try Self.open(collector, agent).filter { "\($0["rule"] ?? "")".hasPrefix("chain/") }.isEmpty)
        #expect(try collector.json(["devices", "show", try agent.deviceID()])["sequence"] as? Int == 4)
    }

    @Test("with a clock far behind the agent trusts no server, says why, and delivers when the clock is set")
    func farBehind() throws {
        var (collector, agent) = try Self.enrolled()
        agent.clock = -30 * Self.day
        let refused = try agent.report()
        #expect(refused.status == 69)
        #expect(refused.errors.contains(collector.address))
        #expect(refused.errors.contains("this device's clock is behind"), "\(refused.errors)")
        #expect(try agent.spooled().count == 1)
        agent.clock = 0
        let delivered = try agent.report()
        #expect(delivered.status == 0, "\(delivered.errors)")
        #expect(delivered.view["acknowledged"] as? Int == 2)
    }

    @Test("a certificate with less than a third of its time left is renewed on the way, with the same key")
    func renewal() throws {
        var (collector, agent) = try Self.enrolled()
        let device = try agent.deviceID()
        let first = try Self.certificate(of: agent)
        #expect(try agent.report().status == 0)
        #expect(try Self.certificate(of: agent) == first, "there is no need yet")

        collector.kill()
        try collector.start(days: 300)
        agent.clock = 300 * Self.day
        let result = try agent.report()
        #expect(result.status == 0, "\(result.errors)")
        #expect(try Self.certificate(of: agent) != first)
        #expect(try agent.deviceID() == device)
        #expect(try collector.json(["devices", "list"])["items"].map { ($0 as? [Any])?.count } == 1)

        // Without the renewal this day would be past the end.
        collector.kill()
        try collector.start(days: 500)
        agent.clock = 500 * Self.day
        let later = try agent.report()
        #expect(later.status == 0, "\(later.errors)")
        #expect(try collector.json(["devices", "show", device])["sequence"] as? Int == 3)
    }

    @Test("a certificate that ended keeps the report here, says so, and enrolling again is the way out")
    func expiry() throws {
        var (collector, agent) = try Self.enrolled()
        collector.kill()
        try collector.start(days: 400)
        agent.clock = 400 * Self.day
        let expired = try agent.report()
        #expect(expired.status == 69)
        #expect(expired.errors.contains("device certificate expired"), "\(expired.errors)")
        #expect(expired.errors.contains(collector.address))
        #expect(expired.errors.contains("enrol again with a new token"))
        #expect(try agent.spooled().count == 1)

        let device = try agent.deviceID()
        let again = try agent.enroll(collector, token: collector.token(days: 400))
        #expect(again.status == 0, "\(again.errors)")
        #expect(try agent.deviceID() == device)
        let delivered = try agent.report()
        #expect(delivered.status == 0, "\(delivered.errors)")
        #expect(delivered.view["acknowledged"] as? Int == 2)
    }

    @Test("when only the collector knows that the certificate ended, its word is understood")
    func expiryByTheCollectorsClock() throws {
        var (collector, agent) = try Self.enrolled()
        // The server's own certificate is issued again near its end; the agent's clock must have seen that day.
        collector.kill()
        try collector.start(days: 340)
        collector.kill()
        try collector.start(days: 366)
        agent.clock = 364 * Self.day
        let refused = try agent.report()
        #expect(refused.status == 69 || refused.status == 77)
        #expect(refused.errors.contains("certificate expired"), "\(refused.errors)")
        #expect(refused.errors.contains("enrol again with a new token"))
        #expect(try agent.spooled().count == 1)
    }
}
