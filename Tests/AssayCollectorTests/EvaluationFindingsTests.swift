import AssayModel
import AssayReport
import AssayStore
import Testing

@testable import AssayCollector

@Suite struct EvaluationFindingsTests {
    private static let device = ContentDigest.sha256(of: [7])

    private static func damage(_ details: [String]) -> Finding? {
        var finding = EvaluationFindings.damage(
            details.map { Gap(probe: "report", path: "components", kind: .malformed, detail: $0) })
        finding?.bind(to: device.description)
        return finding
    }

    @Test("Damaged sections are one finding, whatever is damaged today")
    func damage() throws {
        #expect(Self.damage([]) == nil)
        let one = try #require(Self.damage(["line 3 does not decode"]))
        #expect(one.rule == "report/section-damaged")
        #expect(one.severity == .high)
        #expect(one.observed == "line 3 does not decode")
        let two = try #require(Self.damage(["line 9 does not decode", "2 lines are missing"]))
        #expect(two.notes == ["2 lines are missing"])
        #expect(two.cause == one.cause)
        #expect(two.id == one.id)
    }

    private struct Unknown: Error {}

    @Test("A failed evaluation says why in words that give nothing away")
    func failed() {
        let store = StoreFailure(.corrupt, "report 1")
        let decoding = DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "secret"))
        let cases: [(any Error, String)] = [
            (store, store.description), (decoding, "a record, a profile or the report does not decode"),
            (Unknown(), "an unexpected failure"),
        ]
        for (error, words) in cases {
            let finding = EvaluationFindings.failed(because: error, device: Self.device)
            #expect(finding.rule == "evaluation/failed")
            #expect(finding.observed == words)
        }
        let other = EvaluationFindings.failed(because: Unknown(), device: .sha256(of: []))
        let finding = EvaluationFindings.failed(because: store, device: Self.device)
        #expect(finding.cause == other.cause)
        #expect(finding.id != other.id)
    }
}
