import AssayModel
import Testing

@testable import AssayRules

/// What waivers and policies do to a verdict.
struct SettlementTests {
    private static func finding(_ rule: String, _ severity: Finding.Severity = .high, at location: String) -> Finding {
        var finding = Finding(
            rule: rule, severity: severity, title: "t", source: "s", advice: "a", location: location, path: location)
        finding.identify(device: "d", key: [location])
        return finding
    }

    private static func outcome(_ kind: Outcome.Kind, _ rule: String, at location: String) -> Outcome {
        Outcome(kind, .storage, at: location, expected: nil, observed: "x", rule: rule, source: "s", path: location)
    }

    private static func result(_ rules: [(Outcome.Kind, String)], _ verdict: Verdict) -> VerifyResult {
        let places = rules.indices.map { "place/\($0)" }
        return VerifyResult(
            verdict: verdict,
            outcomes: zip(rules, places).map { outcome($0.0, $0.1, at: $1) },
            findings: zip(rules, places).map { finding($0.1, at: $1) })
    }

    private static let unexpected = (Outcome.Kind.unexpected, RuleID.unexpectedComponent)

    @Test("each failing part needs its own waiver") func everyPartCounts() {
        let result = Self.result([Self.unexpected, Self.unexpected], .fail)
        func settle(_ count: Int) -> Settlement {
            let waivers = Dictionary(result.findings.prefix(count).map { ($0.cause, "w") }) { first, _ in first }
            return Settlement(result, chain: [], fleet: [], policy: nil, waivers: waivers)
        }
        #expect(settle(0).verdict == .fail)
        #expect(settle(1).verdict == .fail)
        #expect(!settle(1).isConditional)
        #expect(settle(2).verdict == .pass)
        #expect(settle(2).isConditional)
        #expect(settle(2).findings.count == 2)
        #expect(settle(2).waived.count == 2)
    }

    @Test("what could not be seen stays open behind a waived difference") func openQuestions() {
        var result = Self.result([Self.unexpected, (.notVerifiable, RuleID.notVerifiable)], .fail)
        let waivers = [result.findings[0].cause: "w"]
        #expect(Settlement(result, chain: [], fleet: [], policy: nil, waivers: waivers).verdict == .undetermined)
        result.outcomes.removeLast()
        result.findings.removeLast()
        result.reasons = ["cannot tell whether x"]
        #expect(Settlement(result, chain: [], fleet: [], policy: nil, waivers: waivers).verdict == .undetermined)
    }

    @Test("no waiver makes a pass out of a device that nothing vouches for") func unverified() {
        let result = Self.result([Self.unexpected], .unverified)
        let settlement = Settlement(
            result, chain: [], fleet: [], policy: nil, waivers: [result.findings[0].cause: "w"])
        #expect(settlement.verdict == .unverified)
        #expect(!settlement.isConditional)
    }

    @Test(
        "the fleet leaves a pass undecided, an operator's word fails it",
        arguments: [
            ("fleet/duplicate-component-serial", Finding.Severity.high, Verdict.undetermined),
            ("fleet/duplicate-component-serial", .medium, .pass), ("fleet/retired-component", .high, .fail),
            ("trace/moved-component", .medium, .pass),
        ])
    func fleet(_ rule: String, _ severity: Finding.Severity, _ verdict: Verdict) {
        let fleet = [Self.finding(rule, severity, at: "p")]
        let pass = VerifyResult(verdict: .pass, outcomes: [])
        #expect(Settlement(pass, chain: [], fleet: fleet, policy: nil, waivers: [:]).verdict == verdict)
        let waived = Settlement(pass, chain: [], fleet: fleet, policy: nil, waivers: [fleet[0].cause: "w"])
        #expect(waived.verdict == .pass)
        #expect(waived.isConditional == (verdict != .pass))
    }

    @Test(
        "a policy that makes a rule lighter does not take it out of the verdict",
        arguments: [
            (Finding.Severity.low, Verdict.fail), (.info, .pass),
        ])
    func severities(_ severity: Finding.Severity, _ verdict: Verdict) {
        var policy = DevicePolicy(id: "p")
        policy.severities = [RuleID.unexpectedComponent: severity]
        let settlement = Settlement(
            Self.result([Self.unexpected], .fail), chain: [], fleet: [], policy: policy, waivers: [:])
        #expect(settlement.verdict == verdict)
        #expect(settlement.findings.map(\.severity) == [severity])
        #expect(settlement.findings[0].notes == ["\(severity.rawValue) by policy p, high by the rule"])
    }

    @Test func theClosestPolicyCounts() {
        var facts = DeviceFacts()
        facts.manufacturer = "Maker"
        facts.model = "Edge 200"
        func policy(_ id: String, models: [String] = [], sites: [String] = []) -> DevicePolicy {
            var policy = DevicePolicy(id: id)
            policy.group.models = models
            policy.group.sites = sites
            return policy
        }
        let all = [
            policy("z"), policy("b", models: ["edge *"]), policy("a", models: ["edge*"]),
            policy("c", models: ["edge *"], sites: ["lab"]),
        ]
        func closest(_ site: String?) -> String? {
            PolicyScope.closest(of: all, to: facts, profile: nil, site: site)?.id
        }
        #expect(closest(nil) == "a")
        #expect(closest("lab") == "c")
        #expect(PolicyScope.closest(of: [policy("x", models: ["core"])], to: facts, profile: nil, site: nil) == nil)
    }
}
