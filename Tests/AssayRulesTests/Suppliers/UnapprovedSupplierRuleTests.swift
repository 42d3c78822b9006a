import AssayModel
import Testing

@testable import AssayRules

@Suite struct UnapprovedSupplierRuleTests {
    private static func graph() -> [SupplierGraph.Supplier] {
        var acme = SupplierDirectoryTests.company("acme", "Acme Components Ltd")
        acme.aliases = ["Acme"]
        acme.sites = [SupplierGraph.Site(id: "graz", country: "AT"), SupplierGraph.Site(id: "linz", country: "AT")]
        return [
            acme, SupplierDirectoryTests.company("daughter", "Daughter", owners: [("acme", 75)]),
            SupplierDirectoryTests.company("grandchild", "Grandchild", owners: [("daughter", 50)]),
            SupplierDirectoryTests.company("stake", "Stake", owners: [("acme", 20)]),
            SupplierDirectoryTests.company("open", "Open", owners: [("acme", nil)]),
            SupplierDirectoryTests.company("buyer", "Buyer", suppliedBy: ["acme"]),
        ]
    }

    private static func verdict(_ supplier: String?, approved: [String]?, graph: Bool = true) -> RuleVerdict {
        var profile = Parts.profile([])
        profile.approvedSuppliers = approved
        return UnapprovedSupplierRule().evaluate(
            RuleContext(
                inventory: Parts.inventory([]), profile: profile,
                record: Parts.record([BuiltComponent(.memory, at: "dimm/A", supplier: supplier)]),
                suppliers: graph ? SupplierDirectoryTests.directory(Self.graph()) : .none))
    }

    @Test(
        "An approved company stands for its names, its places and whom it owns by half or more",
        arguments: [
            "acme", "ACME  Components Ltd", "Acme", "acme/graz", "Acme Components Ltd linz", "Daughter", "grandchild",
        ])
    func approved(_ supplier: String) { #expect(Self.verdict(supplier, approved: ["acme"]) == .satisfied) }

    @Test(
        "A smaller share, one that nobody states, a purchase, and a stranger approve nobody",
        arguments: ["Stake", "Open", "Buyer", "Stranger"])
    func unapproved(_ supplier: String) throws {
        guard case .violated(let findings) = Self.verdict(supplier, approved: ["acme"]) else {
            Issue.record("\(supplier) is approved")
            return
        }
        let finding = try #require(findings.first)
        #expect(finding.rule == "trace/unapproved-supplier" && finding.title.contains(supplier))
        if supplier == "Stake" {
            #expect(
                finding.notes.last
                    == "supplier graph g knows it as Stake, owned by Acme Components Ltd (20 %)")
        }
    }

    @Test("An approved place is that place alone")
    func place() {
        #expect(Self.verdict("Acme Components Ltd graz", approved: ["acme/graz"]) == .satisfied)
        for supplier in ["acme", "acme/linz", "daughter"] {
            guard case .violated = Self.verdict(supplier, approved: ["acme/graz"]) else {
                Issue.record("\(supplier) is approved")
                continue
            }
        }
    }

    @Test("Without a graph names alone count; without a list nothing is asked")
    func withoutGraph() {
        #expect(Self.verdict(" acme ", approved: ["Acme"], graph: false) == .satisfied)
        guard case .violated = Self.verdict("Acme Components Ltd", approved: ["acme"], graph: false) else {
            Issue.record("an unknown name is approved")
            return
        }
        #expect(Self.verdict("acme", approved: nil) == .notApplicable)
        #expect(Self.verdict(nil, approved: ["acme"]) == .satisfied)
    }
}
