import AssayModel
import AssayReport
import Testing

@testable import AssayAgent

@Suite struct ResultSignerTests {
    private let folder: StateFolder
    private let state: AgentState

    init() throws {
        folder = try StateFolder()
        state = try folder.state()
    }

    private func inventory(serial: String?, uuid: String? = nil) -> InventorySnapshot {
        var facts = DeviceFacts()
        facts.serial = serial
        facts.uuid = uuid
        return InventorySnapshot(device: facts)
    }

    private func signed(_ result: VerifyResult, _ inventory: InventorySnapshot) throws -> VerifiedResult {
        let key = try DeviceKey.obtain(in: state)
        let sealed = try ResultSigner(state: state).sign(
            result, of: inventory, against: .init(), at: Timestamp(milliseconds: 1_769_860_800_123))
        let waiting = try #require(try state.results.reports().first { $0.digest == sealed.digest })
        #expect(waiting.sequence == 1_769_860_800_123)
        let envelope = try #require(try state.results.envelope(of: waiting))
        return try ReceivedResult(parsing: envelope).verified(by: key.identity)
    }

    @Test func whatIsSignedIsWhatWasJudged() throws {
        var outcome = Outcome(
            .missing, .memory, at: "dimm/A", expected: "16 GB", rule: "trace/missing-component", source: "profile edge")
        let missing = outcome
        outcome.kind = .matched
        var result = VerifyResult(verdict: .fail, outcomes: [missing, outcome], reasons: ["because"])
        result.station = "L3-7"
        result.operator = "4711"
        let inventory = inventory(serial: "SN-1")
        let statement = try signed(result, inventory).statement
        #expect(statement.subject[0].name == "SN-1")
        #expect(
            statement.subject[0].digest["sha256"] == ContentDigest.sha256(of: try CanonicalJSON.encode(inventory)).hex)
        let predicate = statement.predicate
        #expect(predicate.verdict == .fail)
        #expect(predicate.outcomes == ["missing": 1, "matched": 1])
        #expect(predicate.differences.count == 2)
        #expect(predicate.differences[0].hasPrefix("MISSING"))
        #expect(predicate.result == .sha256(of: try CanonicalJSON.encode(result)))
        #expect(predicate.station == "L3-7" && predicate.operator == "4711")
    }

    @Test("a placeholder names no unit", arguments: ["Default string", "To be filled by O.E.M.", ""])
    func placeholders(_ serial: String) throws {
        let result = VerifyResult(verdict: .pass, outcomes: [])
        let uuid = "4c4c4544-0042-3510-8051-b4c04f4d3732"
        #expect(try signed(result, inventory(serial: serial, uuid: uuid)).unit == uuid)
        let key = try DeviceKey.obtain(in: state)
        #expect(try signed(result, inventory(serial: serial)).unit == key.identity.id.description)
    }

    @Test("however much differs, a statement has room for the first of it") func longResults() throws {
        let outcome = Outcome(
            .unexpected, .pci, at: "pci/0", observed: String(repeating: "ä", count: 100_000), rule: "r", source: "s")
        let result = VerifyResult(verdict: .fail, outcomes: Array(repeating: outcome, count: 500))
        let predicate = try signed(result, inventory(serial: String(repeating: "s", count: 10_000_000))).predicate
        #expect(predicate.outcomes == ["unexpected": 500])
        #expect(predicate.differences.count == VerificationStatement.differenceLimit)
    }

    @Test("what a device says never makes its result too large to be signed") func hostileLines() throws {
        let reason = String(repeating: "\"\u{1}", count: 10_000)
        let result = VerifyResult(verdict: .fail, outcomes: [], reasons: Array(repeating: reason, count: 60))
        let record = VerificationStatement.Document(id: String(repeating: "\"", count: 256), digest: .sha256(of: []))
        _ = try DeviceKey.obtain(in: state)
        let sealed = try ResultSigner(state: state).sign(
            result, of: inventory(serial: "SN-1"), against: .init(records: Array(repeating: record, count: 100)),
            at: Timestamp(milliseconds: 0))
        #expect(sealed.envelope.count <= DSSEEnvelope.sizeLimit)
        let predicate = try ReceivedResult(parsing: sealed.envelope).verified(by: DeviceKey.obtain(in: state).identity)
            .predicate
        #expect((1..<VerificationStatement.differenceLimit).contains(predicate.differences.count))
        #expect(predicate.records.count == VerificationStatement.recordLimit)
    }

    @Test func withoutAKeyThereIsNoSigner() throws {
        #expect(throws: StateFailure(.notEnrolled)) { try ResultSigner(state: state) }
    }
}
