import AssayModel
import Testing

@testable import AssayRules

@Suite struct VerdictWeighingTests {
    @Test(
        "findings beyond one report count as in the evaluation of a report",
        arguments: [
            ("chain/sequence-reused", Finding.Severity.critical, Verdict.fail), ("chain/sequence-gap", .medium, .pass),
            ("fleet/cloned-device-key", .critical, .fail), ("fleet/retired-component", .critical, .fail),
            ("fleet/duplicate-component-serial", .high, .undetermined),
            ("fleet/duplicate-component-serial", .medium, .pass), ("trace/moved-component", .medium, .pass),
            ("fleet/no-such-rule", .critical, .pass),
        ])
    func counts(_ rule: String, _ severity: Finding.Severity, _ verdict: Verdict) {
        let finding = Finding(rule: rule, severity: severity, title: "", source: "", advice: "")
        #expect(Verdict.pass.weighed(with: [finding]) == verdict)
        let copied = Finding(rule: "fleet/cloned-device-key", severity: .critical, title: "", source: "", advice: "")
        #expect(Verdict.pass.weighed(with: [finding, copied]) == .fail)
    }

    @Test(
        "a duplicate takes a pass away and makes nothing better", arguments: [Verdict.fail, .undetermined, .unverified])
    func worse(_ verdict: Verdict) {
        let finding = Finding(
            rule: "fleet/duplicate-tpm-ek", severity: .critical, title: "", source: "", advice: "")
        #expect(verdict.weighed(with: [finding]) == verdict)
        #expect(verdict.weighed(with: []) == verdict)
    }
}
