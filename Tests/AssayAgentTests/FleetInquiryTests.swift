import AssayModel
import AssayReport
import Testing

@testable import AssayAgent

@Suite struct FleetInquiryTests {
    private static func facts(serial: String? = nil, uuid: String? = nil) -> DeviceFacts {
        var facts = DeviceFacts()
        facts.serial = serial
        facts.uuid = uuid
        return facts
    }

    private static var finding: Finding {
        var finding = Finding(
            rule: "fleet/duplicate-serial", severity: .high, title: "seen twice", source: "the fleet", advice: "")
        finding.identify(device: "d", key: [])
        return finding
    }

    private static func view(_ unit: DeviceFacts, _ verdict: Verdict = .pass, isJudged: Bool = true) -> FleetView {
        FleetView(
            report: isJudged ? .sha256(of: [1]) : nil, evaluatedAt: isJudged ? Timestamp(seconds: 0) : nil,
            unit: .init(unit), verdict: verdict, findings: [finding])
    }

    @Test(
        "what the collector knows can make a verdict worse, never better",
        arguments: [
            (Verdict.pass, Verdict.pass, Verdict.pass), (.pass, .undetermined, .undetermined), (.pass, .fail, .fail),
            (.undetermined, .pass, .undetermined), (.undetermined, .fail, .fail), (.unverified, .pass, .unverified),
            (.unverified, .undetermined, .unverified), (.unverified, .fail, .fail), (.fail, .pass, .fail),
            (.fail, .undetermined, .fail),
        ])
    func joins(_ alone: Verdict, _ fleet: Verdict, _ together: Verdict) {
        let unit = Self.facts(serial: "SN-1")
        let inquiry = FleetInquiry(about: unit, isThisMachine: false, isRequired: false)
        var result = VerifyResult(verdict: alone, outcomes: [])
        inquiry.enter(Self.view(unit, fleet), into: &result)
        #expect(result.verdict == together)
        #expect(result.fleet == .asked)
        #expect(result.findings == [Self.finding])
        inquiry.enter(Self.view(unit, fleet), into: &result)
        #expect(result.findings.count == 1, "one finding is entered once")
    }

    @Test(
        "the key must be the unit's",
        arguments: [
            (facts(serial: "SN-1"), facts(serial: "SN-1"), false, true),
            (facts(serial: "SN-1"), facts(serial: "SN-2"), true, false),
            (facts(serial: "Default string", uuid: "a"), facts(serial: "Default string", uuid: "b"), true, false),
            (facts(uuid: "4c4c4544-0042"), facts(serial: "SN-2", uuid: "4c4c4544-0042"), false, true),
            (facts(), facts(serial: "SN-2"), true, true), (facts(), facts(serial: "SN-2"), false, false),
        ])
    func asksAboutItsOwnUnit(_ asked: DeviceFacts, _ judged: DeviceFacts, _ isThisMachine: Bool, _ fits: Bool) {
        var result = VerifyResult(verdict: .pass, outcomes: [])
        FleetInquiry(about: judged, isThisMachine: isThisMachine, isRequired: false)
            .enter(Self.view(asked, .fail), into: &result)
        #expect(result.fleet == (fits ? .asked : .notAsked))
        #expect(result.verdict == (fits ? .fail : .pass))
    }

    @Test(
        "without an answer nothing becomes better, and a pass is none where one is required",
        arguments: [
            (Verdict.pass, false, Verdict.pass), (.pass, true, .undetermined), (.fail, true, .fail),
            (.unverified, true, .unverified),
        ])
    func withoutAnAnswer(_ before: Verdict, _ isRequired: Bool, _ after: Verdict) {
        let unit = Self.facts(serial: "SN-1")
        let inquiry = FleetInquiry(about: unit, isThisMachine: true, isRequired: isRequired)
        var result = VerifyResult(verdict: before, outcomes: [])
        inquiry.enter("no connection", into: &result)
        #expect(result.verdict == after)
        #expect(result.fleet == .notAsked)
        #expect(result.reasons == ["fleet rules were not asked: no connection"])
        var unjudged = VerifyResult(verdict: before, outcomes: [])
        inquiry.enter(Self.view(unit, isJudged: false), into: &unjudged)
        #expect(unjudged.verdict == after)
        #expect(unjudged.fleet == .notAsked)
    }
}
