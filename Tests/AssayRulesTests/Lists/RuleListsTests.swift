import AssayModel
import Testing

@testable import AssayRules

@Suite struct RuleListsTests {
    private static func list(_ date: String, id: String = "ndaa-889", uses: String = "us-federal") throws
        -> ListDocument
    {
        try ListDocument(
            json: Array(
                """
                {"schema":"assay/restrictions/v1","id":"\(id)","title":"t","date":"\(date)","status":"law",
                "since":"2019-08-13","uses":["\(uses)"],"source":"s","entries":[{"name":"n","kind":"equipment"}]}
                """.utf8))
    }

    @Test("Whatever takes the place of a list says what it replaces; an older copy is named with the newer day")
    func leftOut() throws {
        let documents = try [
            Self.list("2026-11-23"), Self.list("2026-11-25"), Self.list("2026-11-24"),
            Self.list("2001-01-01", id: "own"),
        ]
        let left = RuleLists.standard.leftOut(of: documents)
        #expect(left.map(\.index) == [0, 2])
        #expect(left.map(\.newer.description) == ["2026-11-25", "2026-11-25"])
        #expect(RuleLists.standard.leftOut(of: [documents[2]]).isEmpty)
        #expect(RuleLists.standard.leftOut(of: [documents[0]]).map(\.newer.description) == ["2026-11-24"])
    }

    @Test(
        "A copy of a day to come is refused, also where the clock stands before the lists that are built in",
        arguments: [
            ("2099-01-01", "2026-12-01", true), ("2026-12-03", "2026-12-01", true), ("2026-12-02", "2026-12-01", false),
            ("2026-11-24", "1970-01-01", false), ("2026-11-26", "1970-01-01", true),
        ])
    func future(_ date: String, _ today: String, _ isRefused: Bool) throws {
        let objection = RuleLists.objection(to: try Self.list(date), on: try #require(CalendarDay(today)))
        #expect((objection != nil) == isRefused)
        #expect(objection?.contains("dated \(date)") ?? true)
    }

    @Test(
        "A list without entries is refused by the name of the field",
        arguments: [
            (
                #""assay/restrictions/v1","id":"a","title":"t","status":"law","since":"2019","uses":["eu"],"source":"s","#
                    + #""entries":[]"#, "entries"
            ),
            (#""assay/signals/v1","id":"a","title":"t","sources":{"s":"s"},"signals":[]"#, "signals"),
            (#""assay/memory-makers/v1","source":"s","makers":[]"#, "makers"),
            (#""assay/suppliers/v1","sources":{},"suppliers":[]"#, "suppliers"),
            (#""assay/oui/v1","source":"s","makers":{"a":[]}"#, "makers"),
        ])
    func empty(_ members: String, _ field: String) {
        #expect(throws: RecordFailure(.invalid, field: field, detail: "the list has no entries")) {
            try ListDocument(json: Array((#"{"date":"2026-11-24","schema":"# + members + "}").utf8))
        }
    }

    @Test("The uses that are known come from the lists, without regard to case")
    func uses() throws {
        #expect(RuleLists.standard.uses.isSuperset(of: ["eu", "us-market", "us-federal", "public-safety"]))
        let lists = RuleLists.standard.replacing(with: [try Self.list("2026-11-24", id: "own", uses: "Mine")])
        #expect(lists.objection(to: ["mine", "EU"]) == nil && RuleLists.standard.objection(to: ["mine"]) != nil)
    }
}
