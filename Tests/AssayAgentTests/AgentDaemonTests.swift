import AssayModel
import AssayReport
import AssayTestKit
import Testing

@testable import AssayAgent

@Suite struct AgentDaemonTests {
    /// Time that passes only while the daemon waits, and signals that come when the script says so.
    private final class Script: DaemonEvents {
        var now: Int64 = 1_769_860_800
        var waits: [Int64] = []
        private var events: [DaemonEvent]

        init(_ events: [DaemonEvent]) { self.events = events }

        func wait(seconds: Int64) -> DaemonEvent {
            waits.append(seconds)
            guard !events.isEmpty else { return .stop }
            let event = events.removeFirst()
            if event == .elapsed { now += seconds }
            return event
        }
    }

    private func run(
        _ events: [DaemonEvent], in state: AgentState, _ answer: @escaping (Int) throws -> DeliverySummary
    ) throws -> (script: Script, calls: [String]) {
        let script = Script(events)
        var calls: [String] = []
        var daemon = AgentDaemon(
            state: state,
            work: .init(
                report: {
                    calls.append("report")
                    return try answer(calls.count)
                },
                redeliver: {
                    calls.append("redeliver")
                    return try answer(calls.count)
                }), events: script, clock: { script.now }, random: SplitMix64(state: 1), log: silence)
        try daemon.run()
        return (script, calls)
    }

    private func state() throws -> AgentState { try AgentState(directory: "/s", files: SimulatedDisk()) }

    private func delivered() throws -> DeliverySummary {
        var summary = DeliverySummary(collector: try CollectorAddress("https://a"))
        summary.last = .init(
            report: .sha256(of: []), verdict: .pass, findings: .init(), next: .init(after: 600, spread: 0),
            nonce: nil)
        return summary
    }

    private func undelivered(_ retryAfter: Int? = nil) throws -> DeliverySummary {
        var summary = DeliverySummary(collector: try CollectorAddress("https://a"))
        summary.failure = DeliveryFailure(.unreachable, retryAfter: retryAfter)
        summary.waiting = 1
        return summary
    }

    @Test func reportsWheneverTheWindowComes() throws {
        let (script, calls) = try run([.elapsed, .elapsed, .elapsed], in: state()) { _ in try delivered() }
        #expect(calls == ["report", "report", "report"])
        #expect((0...300).contains(script.waits[0]))
        #expect(script.waits.dropFirst() == [600, 600, 600])
    }

    @Test func reportsAtOnceWhenAsked() throws {
        let (_, calls) = try run([.rescan], in: state()) { _ in try delivered() }
        #expect(calls == ["report"])
    }

    @Test func deliversAgainWithoutANewScan() throws {
        let (script, calls) = try run([.elapsed, .elapsed, .elapsed], in: state()) { call in
            try call < 3 ? undelivered(call == 2 ? 200 : nil) : delivered()
        }
        #expect(calls == ["report", "redeliver", "redeliver"])
        #expect((0...30).contains(script.waits[1]))
        #expect((200...260).contains(script.waits[2]))
        #expect(script.waits[3] == 600)
    }

    @Test("results that wait are tried again, and never put off the next report")
    func triesResultsAgain() throws {
        var summary = try delivered()
        var results = ResultDelivery.Summary()
        results.failure = DeliveryFailure(.busy, retryAfter: 100)
        results.waiting = 3
        summary.results = results
        let state = try state()
        let (script, calls) = try run(Array(repeating: .elapsed, count: 8), in: state) { _ in summary }
        #expect(calls[0] == "report")
        #expect(calls[1] == "redeliver")
        #expect((100...130).contains(script.waits[1]))
        #expect(calls.dropFirst().contains("report"))
    }

    @Test func keepsGoingAfterAFailure() throws {
        let (_, calls) = try run([.elapsed, .rescan], in: state()) { _ in throw StateFailure(.diskFull, path: "/s") }
        #expect(calls == ["report", "report"])
    }

    @Test func remembersItsPlanOverARestart() throws {
        let state = try state()
        let (first, _) = try run([.elapsed], in: state) { _ in try delivered() }
        let planned = try #require(try state.schedule())
        #expect(planned.dueAt == first.now + 600)
        let (second, calls) = try run([], in: state) { _ in try delivered() }
        #expect(calls.isEmpty)
        #expect(second.waits[0] == planned.dueAt - second.now)
    }
}
