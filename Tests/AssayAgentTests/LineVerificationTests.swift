import AssayModel
import AssayReport
import Testing

@testable import AssayAgent

@Suite struct LineVerificationTests {
    private let folder: StateFolder
    private let state: AgentState

    init() throws {
        folder = try StateFolder()
        state = try folder.state()
    }

    private static func wishes(
        signs: Bool = false, asks: Bool = false, requires: Bool = false
    ) -> LineVerification.Wishes {
        var wishes = LineVerification.Wishes()
        wishes.station = "L3-7"
        wishes.operator = "4711"
        wishes.signs = signs
        wishes.asksCollector = asks
        wishes.requiresCollector = requires
        return wishes
    }

    private func complete(
        _ wishes: LineVerification.Wishes, verdict: Verdict = .pass
    ) throws -> (result: VerifyResult, delivered: ResultDelivery.Summary?) {
        var line = try LineVerification(wishes, state: state, log: silence)
        let result = try line.complete(
            VerifyResult(verdict: verdict, outcomes: []), of: InventorySnapshot(), isThisMachine: true,
            against: .init(),
            now: Timestamp(seconds: 1_769_860_800))
        return (result, try line.deliver())
    }

    @Test("A state folder is needed for whatever goes beyond the verdict")
    func needsState() {
        #expect(!LineVerification.Wishes().needsState)
        #expect(!Self.wishes().needsState)
        #expect(Self.wishes(signs: true).needsState)
        #expect(Self.wishes(asks: true).needsState)
        #expect(Self.wishes(requires: true).needsState)
    }

    @Test("Station and operator are named, and without a wish nothing is spooled or asked")
    func plain() throws {
        let (result, delivered) = try complete(Self.wishes())
        #expect(result.station == "L3-7")
        #expect(result.operator == "4711")
        #expect(result.verdict == .pass)
        #expect(result.fleet == nil)
        #expect(delivered == nil)
        #expect(try state.results.reports().isEmpty)
    }

    @Test("A result that is to be signed is in the spool when the verdict is complete")
    func signs() throws {
        let key = try DeviceKey.obtain(in: state)
        let (result, delivered) = try complete(Self.wishes(signs: true), verdict: .fail)
        let waiting = try state.results.reports()
        #expect(waiting.count == 1)
        let first = try #require(waiting.first)
        let envelope = try #require(try state.results.envelope(of: first))
        let predicate = try ReceivedResult(parsing: envelope).verified(by: key.identity).statement.predicate
        #expect(predicate.result == .sha256(of: try CanonicalJSON.encode(result)))
        #expect(delivered == nil, "nothing is delivered where no collector has answered")
    }

    @Test("Without a key to sign with nothing is begun")
    func noKey() {
        #expect(throws: StateFailure(.notEnrolled)) {
            _ = try LineVerification(Self.wishes(signs: true), state: state, log: silence)
        }
    }

    @Test(
        "Without a collector a pass stays one, unless the collector is required",
        arguments: [
            (false, Verdict.pass, Verdict.pass), (true, .pass, .undetermined), (true, .fail, .fail),
        ])
    func unreachable(_ requires: Bool, _ alone: Verdict, _ together: Verdict) throws {
        let (result, delivered) = try complete(Self.wishes(asks: true, requires: requires), verdict: alone)
        #expect(result.verdict == together)
        #expect(result.fleet == .notAsked)
        #expect(result.reasons.count == 1)
        #expect(delivered == nil)
    }
}
