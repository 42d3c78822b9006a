import AssayModel
import Testing

@testable import AssayRules

@Suite struct FieldRulesTests {
    static let policy = ClassPolicy(fields: [
        "serial": .ignore, "ids.*": .notice, "ids.vendor": .exact, "properties.*": .minimum, "digests.*": .notice,
        "nothing": .exact,
    ])

    @Test(
        "The own rule goes before that of the group",
        arguments: [
            ("serial", FieldRule.ignore), ("ids.vendor", .exact), ("ids.device", .notice),
            ("properties.size", .minimum),
            ("digests.image", .notice), ("digests.*", .notice), ("model", nil), ("location", nil),
        ])
    func rule(_ field: String, _ rule: FieldRule?) throws {
        let name = try #require(FieldName(field))
        #expect(FieldRules(Self.policy).rule(for: name) == rule)
        #expect(Self.policy.rule(for: field) == rule)
    }

    @Test("A class without a policy has that of any class, and without a profile none")
    func classes() {
        var profile = HardwareProfile(id: "p", version: "1")
        profile.classes = [.memory: ClassPolicy(), HardwareProfile.anyClass: Self.policy]
        #expect(ClassRules(profile)[.memory].rule(for: .serial) == nil)
        #expect(ClassRules(profile)[.storage].rule(for: .serial) == .ignore)
        #expect(ClassRules(nil)[.storage].rule(for: .serial) == nil)
    }
}
