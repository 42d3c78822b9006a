import AssayModel
import Testing

@testable import AssayRules

@Suite struct RestrictedOriginRuleTests {
    private static let router = ["us-market", "consumer-router"]

    private static func verdict(
        _ record: AsBuiltRecord?, _ use: [String], _ graph: [SupplierGraph.Supplier] = []
    ) -> RuleVerdict {
        RestrictedOriginRule(lists: .standard, use: IntendedUse(use), today: CalendarDay("2026-11-24"))
            .evaluate(
                RuleContext(
                    inventory: Parts.inventory([]), record: record,
                    suppliers: SupplierDirectoryTests.directory(graph)))
    }

    private static func finding(_ verdict: RuleVerdict) -> Finding? {
        guard case .violated(let findings) = verdict else { return nil }
        return findings.first
    }

    private static func record(system origin: String?) -> AsBuiltRecord {
        Parts.record([BuiltComponent(.system, origin: origin), BuiltComponent(.memory, at: "dimm/A", origin: "KR")])
    }

    @Test("The recorded origin of the unit decides what its kind of product may be")
    func unit() throws {
        let finding = try #require(Self.finding(Self.verdict(Self.record(system: "TW"), Self.router)))
        #expect(finding.rule == "supplier/origin" && finding.confidence == .a && finding.severity == .high)
        #expect(finding.basis == "recorded origin TW" && finding.restriction?.list == "fcc-covered-list")
        #expect(finding.title.hasPrefix("the unit was made in TW: Consumer routers made abroad"))
        #expect(Self.verdict(Self.record(system: "US"), Self.router) == .satisfied)
        #expect(Self.verdict(Self.record(system: "usa"), Self.router) == .satisfied)
    }

    @Test("Nothing is asked of what is no such product, or not meant for that market")
    func notAsked() {
        for use in [["us-market"], ["consumer-router"], ["eu", "consumer-router"], []] {
            #expect(Self.verdict(Self.record(system: "TW"), use) == .notApplicable, "\(use)")
        }
    }

    @Test("Parts count where the entry says so")
    func parts() throws {
        let record = Self.record(system: "US")
        let finding = try #require(Self.finding(Self.verdict(record, ["us-market", "uncrewed-aircraft"])))
        #expect(finding.title.hasPrefix("memory dimm/A was made in KR") && finding.location == "dimm/A")
    }

    @Test("An origin that nobody states, or that is no country, leaves the question open")
    func unknown() {
        for record in [nil, Self.record(system: nil), Self.record(system: "Made in Taiwan")] {
            guard case .undetermined(let gaps) = Self.verdict(record, Self.router) else {
                Issue.record("decided without an origin")
                continue
            }
            #expect(gaps.map(\.kind) == [record?.components.first?.origin == nil ? .absent : .malformed])
        }
    }

    @Test("The country of the factory, or of the supplier's place, stands in where no origin is recorded")
    func places() throws {
        var maker = SupplierDirectoryTests.company("acme", "Acme")
        maker.sites = [SupplierGraph.Site(id: "graz", country: "AT"), SupplierGraph.Site(id: "linz", country: "AT")]
        var record = Self.record(system: nil)
        record.factory = "Graz"
        var finding = try #require(Self.finding(Self.verdict(record, Self.router, [maker])))
        #expect(finding.basis == "factory Graz of the record, in AT" && finding.confidence == .b)
        record.components[0].supplier = "acme/linz"
        finding = try #require(Self.finding(Self.verdict(record, Self.router, [maker])))
        #expect(finding.basis == "recorded supplier's place acme/linz, in AT" && finding.confidence == .b)
        record.components[0].supplier = "acme"
        finding = try #require(Self.finding(Self.verdict(record, Self.router, [maker])))
        #expect(finding.basis == "recorded supplier Acme has a place in AT" && finding.confidence == .c)
        // Two places of one name in different countries are no answer.
        var other = SupplierDirectoryTests.company("other", "Other")
        other.sites = [SupplierGraph.Site(id: "graz", country: "US")]
        record.components[0].supplier = nil
        guard case .undetermined = Self.verdict(record, Self.router, [maker, other]) else {
            Issue.record("an ambiguous factory decided")
            return
        }
    }

    @Test("A unit of a kind of product that is restricted by origin does not pass without one")
    func evaluation() {
        var profile = Parts.profile([])
        profile.classes[HardwareProfile.anyClass] = ClassPolicy(missing: .ignore)
        func verdict(_ record: AsBuiltRecord?, _ use: [String]) -> Verdict {
            Evaluation(profile: profile, record: record, uses: use, today: CalendarDay("2026-11-24"))
                .run(Parts.inventory([])).verdict
        }
        #expect(verdict(nil, ["us-market"]) == .pass)
        #expect(verdict(nil, Self.router) == .undetermined)
        #expect(verdict(Self.record(system: "US"), Self.router) == .pass)
        #expect(verdict(Self.record(system: "CN"), Self.router) == .fail)
    }

    @Test(
        "A list says where the products of an entry by origin are made, and of no other",
        arguments: [
            (#""kind": "origin""#, "entries.[0].origin"),
            (#""kind": "equipment", "origin": {"except": ["US"]}"#, "entries.[0].origin"),
            (#""kind": "origin", "origin": {}"#, "entries.[0].origin.countries"),
            (#""kind": "origin", "origin": {"countries": ["CN"], "except": ["US"]}"#, "entries.[0].origin.countries"),
        ])
    func lists(entry: String, field: String) {
        let json =
            #"{"schema": "assay/restrictions/v1", "id": "l", "title": "L", "date": "2026-11-24", "status": "law", "#
            + #""since": "2026-01-01", "uses": ["eu"], "source": "s", "entries": [{"name": "n", \#(entry)}]}"#
        do {
            _ = try ListDocument(json: Array(json.utf8))
            Issue.record("nothing was thrown")
        } catch {
            #expect(
                error.code == .invalid && error.field.replacing(".[", with: "[") == field.replacing(".[", with: "["))
        }
    }
}
