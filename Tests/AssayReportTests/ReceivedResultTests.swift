import AssayModel
import AssayTestKit
import Crypto
import Testing

@testable import AssayReport

@Suite struct ReceivedResultTests {
    private let key: P256.Signing.PrivateKey
    private let sealer: ReportSealer

    init() throws {
        key = try TestKeys.device()
        sealer = ReportSealer(key: key)
    }

    private func statement(_ change: (inout VerificationStatement) -> Void = { _ in }) -> VerificationStatement {
        var facts = DeviceFacts()
        facts.serial = "SN-1"
        facts.model = "Edge 200"
        var statement = VerificationStatement(
            name: "SN-1", inventory: .sha256(of: [1]),
            predicate: .init(
                signer: sealer.device.id, unit: .init(facts), verdict: .fail, outcomes: ["matched": 3, "missing": 1],
                findings: FindingCounts(high: 1), differences: ["MISSING         dimm/A"], result: .sha256(of: [2]),
                profile: .init(id: "edge", digest: .sha256(of: [3])),
                records: [.init(id: nil, digest: .sha256(of: [4]))],
                fleet: .notAsked, station: "L3-7", operator: "4711", takenAt: Timestamp(seconds: 1_769_860_800),
                agent: .init(name: "assay-agent", version: "0.1.0")))
        change(&statement)
        return statement
    }

    private func verified(_ statement: VerificationStatement) throws -> VerifiedResult {
        try ReceivedResult(parsing: try sealer.seal(statement).envelope).verified(by: sealer.device)
    }

    @Test func verifiesWhatWasSealed() throws {
        let sealed = try sealer.seal(statement())
        let result = try ReceivedResult(parsing: sealed.envelope).verified(by: sealer.device)
        #expect(result.statement == statement())
        #expect(result.unit == "SN-1")
        #expect(result.digest == sealed.digest)
        let compact = try ReceivedResult(parsing: sealed.envelope).compactForm
        #expect(compact.count < sealed.envelope.count)
        #expect(try ReceivedResult(parsing: compact).verified(by: sealer.device).digest == sealed.digest)
        let text = String(decoding: try ReceivedResult(parsing: compact).envelope.payload, as: UTF8.self)
        #expect(text.contains(#""predicateType":"urn:assay:verification:v1""#))
        #expect(text.contains(#""takenAt":"2026-01-31T12:00:00Z""#))
    }

    @Test("any flipped bit is refused") func refusesEveryFlippedBit() throws {
        let compact = try ReceivedResult(parsing: try sealer.seal(statement()).envelope).compactForm
        for position in compact.indices {
            for bit in 0..<8 {
                var bytes = compact
                bytes[position] ^= 1 << UInt8(bit)
                #expect(throws: ReportFailure.self) {
                    try ReceivedResult(parsing: bytes).verified(by: sealer.device)
                }
            }
        }
    }

    @Test("a report is no result, and a result no report") func kindsAreNotMixedUp() throws {
        let report = try sealer.seal(TestKeys.predicate())
        #expect(throws: ReportFailure(.wrongPredicateType)) {
            try ReceivedResult(parsing: report.envelope).verified(by: sealer.device)
        }
        let result = try sealer.seal(statement())
        #expect(throws: ReportFailure(.wrongPredicateType)) {
            try ReceivedReport(parsing: result.envelope).verified(by: sealer.device)
        }
    }

    @Test func anotherKeyIsRefused() throws {
        let sealed = try sealer.seal(statement())
        let other = DeviceIdentity(publicKey: P256.Signing.PrivateKey().publicKey)
        #expect(throws: ReportFailure(.wrongKey)) {
            try ReceivedResult(parsing: sealed.envelope).verified(by: other)
        }
    }

    @Test("what a device signs of another signer, or beyond the limits, is refused") func checksWhatIsStated() throws {
        let long = String(repeating: "x", count: VerificationStatement.nameLimit + 1)
        let cases: [(ReportFailure.Code, (inout VerificationStatement) -> Void)] = [
            (.wrongSubject, { $0.predicate.signer = .sha256(of: [9]) }),
            (.unsupportedSchema, { $0.predicate.schema = "assay/verification/v2" }),
            (.wrongStatementType, { $0.type = "https://in-toto.io/Statement/v0.1" }),
            (.malformed, { $0.subject = [] }), (.malformed, { $0.subject[0].digest = ["sha256": "00"] }),
            (.malformed, { $0.subject[0].name = "" }), (.malformed, { $0.predicate.station = long }),
            (.malformed, { $0.predicate.unit.serial = long }), (.malformed, { $0.predicate.outcomes["matched"] = -1 }),
            (.tooLarge, { $0.predicate.differences = Array(repeating: "x", count: 51) }),
            (.tooLarge, { $0.predicate.differences = [String(repeating: "x", count: 601)] }),
            (.tooLarge, { $0.predicate.records = Array(repeating: $0.predicate.records[0], count: 65) }),
        ]
        for (code, change) in cases {
            #expect(throws: ReportFailure(code, "")) { try verified(statement(change)) }
        }
    }

    @Test func fieldThatStandsTwiceIsRefused() throws {
        let text = String(decoding: try statement().encoded(), as: UTF8.self)
        let twice = text.replacing(#""verdict":"fail""#, with: #""verdict":"fail","verdict":"pass""#)
        let envelope = try DSSEEnvelope(
            signing: Array(twice.utf8), type: ReportStatement.payloadType, with: key,
            keyID: sealer.device.id.description
        ).encoded()
        #expect(throws: ReportFailure(.malformed)) {
            try ReceivedResult(parsing: envelope).verified(by: sealer.device)
        }
    }

    @Test("names of any length are cut to what a statement takes") func clipsNames() {
        var facts = DeviceFacts()
        facts.serial = String(repeating: "ä", count: 1000)
        facts.model = ""
        let unit = VerificationStatement.Unit(facts)
        #expect(unit.serial?.utf8.count == VerificationStatement.nameLimit)
        #expect(unit.model == nil)
        #expect(VerificationStatement.clipped("aä", to: 2) == "a")
    }
}
