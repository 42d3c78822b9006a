import AssayModel
import Testing

@testable import AssayRules

@Suite struct SupplierPaperRuleTests {
    private static func verdict(
        asked kinds: [String]? = ["ISO 9001"], expires: [String?] = ["2026-06-30"], on day: String? = "2026-11-24",
        graph isGiven: Bool = true, supplier: String? = "Acme", kind: String = "iso  9001"
    ) -> RuleVerdict {
        var profile = Parts.profile([])
        profile.supplierPapers = kinds
        var record = Parts.record([BuiltComponent(.memory, at: "dimm/A", supplier: supplier)])
        record.builtAt = "2026-05-01T08:00:00Z"
        var acme = SupplierDirectoryTests.company("acme", "Acme")
        acme.documents = expires.enumerated().map {
            SupplierGraph.Document(id: "paper-\($0)", kind: kind, expires: $1)
        }
        return SupplierPaperRule(today: day.flatMap { CalendarDay($0) }).evaluate(
            RuleContext(
                inventory: Parts.inventory([]), profile: profile, record: record,
                suppliers: isGiven ? SupplierDirectoryTests.directory([acme]) : .none))
    }

    private static func finding(_ verdict: RuleVerdict) -> Finding? {
        guard case .violated(let findings) = verdict else { return nil }
        return findings.first
    }

    @Test func expired() throws {
        let finding = try #require(Self.finding(Self.verdict()))
        #expect(finding.title == "Acme has no ISO 9001 that holds: paper-0 expired on 2026-06-30")
        #expect(finding.rule == "supplier/paper" && finding.severity == .medium && finding.expected == "ISO 9001")
        #expect(finding.notes == ["it held when the unit was built", "parts of it: memory dimm/A"])
        let former = try #require(Self.finding(Self.verdict(expires: ["2026-04-01"])))
        #expect(former.notes.first == "it had expired when the unit was built")
    }

    @Test("A paper holds through its last day, and the newest of several counts")
    func holds() {
        #expect(Self.verdict(on: "2026-06-30") == .satisfied)
        #expect(Self.verdict(expires: ["2026-06-30", "2027-06-30"]) == .satisfied)
        #expect(Self.verdict(expires: [nil]) == .satisfied)
        #expect(Self.verdict(on: nil) == .satisfied)
    }

    @Test("A paper that is not there, and a supplier whom no graph knows, are told as such")
    func missing() throws {
        #expect(Self.finding(Self.verdict(kind: "RoHS"))?.title == "Acme has handed in no ISO 9001")
        #expect(
            Self.finding(Self.verdict(supplier: "Nobody"))?.title
                == "Nobody stands in no supplier graph, so that no ISO 9001 is known")
    }

    @Test func notAsked() {
        #expect(Self.verdict(asked: nil) == .notApplicable && Self.verdict(asked: []) == .notApplicable)
        #expect(Self.verdict(graph: false, supplier: nil) == .satisfied)
        guard case .undetermined(let gaps) = Self.verdict(graph: false) else {
            Issue.record("papers were judged without a graph")
            return
        }
        #expect(gaps.map(\.kind) == [.absent])
    }

    @Test("A paper that expires overnight fails no fleet")
    func verdict() {
        #expect(!SupplierPaperRule.descriptor.decides)
    }
}
