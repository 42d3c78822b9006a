import AssayModel
import Testing

@testable import AssayRules

@Suite struct AcceptedVersionsTests {
    static let stated = VersionRequirement(versions: ["9.9"], minimum: "1.2", maximum: "2.0")

    @Test(
        arguments: [
            ("1.2", ExpectedField.Agreement.equal(nil)), ("1.5", .equal(.inside(stated))), ("9.9", .equal(nil)),
            (" 9.9", .equal("differs only in blanks")), ("1.1", .differs(.lower(than: "1.2"))),
            ("2.1", .differs(.higher(than: "2.0"))), ("beta", .unreadable(.noCommonOrder("beta", "1.2"))),
        ])
    func range(_ found: String, _ expected: ExpectedField.Agreement) {
        #expect(AcceptedVersions(Self.stated, rule: .exact).agreement(with: found) == expected)
    }

    @Test("A list alone accepts what it names, in any letter case")
    func list() {
        let versions = AcceptedVersions(VersionRequirement(versions: ["F.20", "F.30"]), rule: .exact)
        #expect(versions.agreement(with: "F.30") == .equal(nil))
        #expect(versions.agreement(with: "f.20") == .equal("differs only in letter case"))
        #expect(versions.agreement(with: "F.25") == .differs(nil))
    }

    @Test("Under the rule minimum the lowest of a list is the lowest that may run")
    func minimum() {
        let versions = AcceptedVersions(VersionRequirement(versions: ["1.10", "1.9", "2.0"]), rule: .minimum)
        #expect(versions.requirement == VersionRequirement(minimum: "1.9"))
        #expect(versions.agreement(with: "1.8") == .differs(.lower(than: "1.9")))
        #expect(versions.agreement(with: "3.0") == .equal(.inside(versions.requirement)))
    }

    @Test("Reasons are words for a person")
    func reasons() {
        #expect(ExpectedField.Reason.inside(Self.stated).text == "inside 9.9 or 1.2 to 2.0")
        #expect(ExpectedField.Reason.lower(than: "1").text == "lower than 1")
        #expect(ExpectedField.Reason.higher(than: "2").text == "higher than 2")
        #expect(ExpectedField.Reason.noCommonOrder("a", "b").text == "a and b have no common order")
    }
}
