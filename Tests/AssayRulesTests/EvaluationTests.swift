import AssayModel
import Testing

@testable import AssayRules

@Suite struct EvaluationTests {
    private func profile(use: [String]? = nil, files: FilePolicy? = nil) -> HardwareProfile {
        var profile = Parts.profile([])
        profile.classes[HardwareProfile.anyClass] = ClassPolicy(unexpected: .ignore)
        profile.intendedUse = use
        profile.files = files
        return profile
    }

    @Test(
        "a use that no list knows leaves the verdict open, and switches nothing off",
        arguments: ["us-fedral", "", "US_FEDERAL"])
    func unknownUse(_ use: String) throws {
        let huawei = Parts.inventory([Parts.usb("1-1", "12d1", "1506")])
        for result in [
            Evaluation(profile: profile(use: [use])).run(huawei),
            Evaluation(profile: profile(), uses: [use]).run(huawei),
        ] {
            #expect(result.verdict == .undetermined)
            let reason = try #require(result.reasons.first)
            #expect(reason.contains("'\(use)'") && reason.contains("us-defense, us-federal, us-intelligence"))
            #expect(result.findings.contains { $0.rule == "supplier/restricted" })
        }
        #expect(Evaluation(profile: profile(use: ["US-Federal"])).run(huawei).verdict == .fail)
    }

    @Test("a known use counts beside an unknown one")
    func knownAndUnknownUse() {
        let huawei = Parts.inventory([Parts.usb("1-1", "12d1", "1506")])
        let result = Evaluation(profile: profile(use: ["us-federal"]), uses: ["hom"]).run(huawei)
        #expect(result.verdict == .fail && result.reasons.contains { $0.contains("'hom'") })
    }

    @Test("a policy on files leaves a pass open when no file was looked at")
    func missingFiles() {
        let unit = Parts.inventory([])
        let open = Evaluation(profile: profile(files: FilePolicy())).run(unit)
        #expect(open.verdict == .undetermined)
        #expect(open.reasons == ["no file was looked at, and profile bench v1 has a policy on files"])
        let looked = FileEvaluation(profile: profile(files: FilePolicy()), hasPackages: true)
        let seen = Evaluation(profile: profile(files: FilePolicy())).run(unit, files: looked)
        #expect(seen.verdict == .pass && seen.reasons.isEmpty)
        let harmless = profile(files: FilePolicy(unknown: .notice, modified: .ignore))
        #expect(Evaluation(profile: harmless).run(unit).verdict == .pass)
        #expect(Evaluation(profile: profile()).run(unit).reasons.isEmpty)
    }

    @Test("whoever chooses to leave files out is told so, and gets the verdict on the rest")
    func filesLeftOut() {
        let unit = Parts.inventory([])
        let result = Evaluation(profile: profile(files: FilePolicy()), leavesOutFiles: true).run(unit)
        #expect(result.verdict == .pass)
        #expect(result.reasons == ["files were left out as asked, and not judged by the policy of profile bench v1"])
        #expect(Evaluation(profile: profile(), leavesOutFiles: true).run(unit).reasons.isEmpty)
    }
}
