import AssayModel
import Testing

@testable import AssayRules

@Suite struct SupplierDirectoryTests {
    static func company(
        _ id: String, _ name: String, owners: [(String, Double?)] = [], suppliedBy: [String] = []
    ) -> SupplierGraph.Supplier {
        var supplier = SupplierGraph.Supplier(id: id, name: name)
        supplier.owners = owners.map { SupplierGraph.Owner(id: $0.0, share: $0.1) }
        supplier.suppliedBy = suppliedBy
        return supplier
    }

    static func directory(_ suppliers: [SupplierGraph.Supplier], id: String = "g") -> SupplierDirectory {
        SupplierDirectory([SupplierGraph(id: id, suppliers: suppliers)], lists: .standard)
    }

    static let listed = company("hw", "Huawei Technologies")

    private static func links(_ name: String, _ suppliers: [SupplierGraph.Supplier]) -> [SupplierDirectory.Link] {
        let directory = directory(suppliers)
        return directory.companies(named: name).flatMap(directory.links)
    }

    @Test("A way to a listed company is told step by step, as sure as its weakest share")
    func ways() throws {
        let holding = Self.company("holding", "Holding", owners: [("hw", 100)])
        for (share, relation, confidence, words) in [
            (51.0, .controlled, .a, "Acme, owned by Holding (51 %), owned by Huawei Technologies (100 %)"),
            (nil, .owned, .b, "Acme, owned by Holding, owned by Huawei Technologies (100 %)"),
            (12.5, .shared, .c, "Acme, owned by Holding (12.5 %), owned by Huawei Technologies (100 %)"),
        ] as [(Double?, SupplierReach.Relation, Finding.Confidence, String)] {
            let acme = Self.company("acme", "Acme", owners: [("holding", share)])
            let link = try #require(Self.links(" ACME ", [acme, holding, Self.listed]).first)
            #expect(link.supplier == "huawei" && link.relation == relation && link.confidence == confidence)
            #expect(link.words == words)
        }
    }

    @Test("The stronger of two ways counts, though it is longer")
    func strongest() throws {
        let acme = Self.company("acme", "Acme", owners: [("hw", 3), ("middle", 60)])
        let middle = Self.company("middle", "Middle", owners: [("hw", 60)])
        let link = try #require(Self.links("acme", [acme, middle, Self.listed]).first)
        #expect(link.relation == .controlled && link.words.contains("Middle"))
    }

    @Test("Who buys from a listed company is told weakly; what an owner buys says nothing of what it owns")
    func purchases() throws {
        let buyer = Self.company("buyer", "Buyer", suppliedBy: ["hw"])
        let owned = Self.company("owned", "Owned", owners: [("buyer", 100)])
        let suppliers = [buyer, owned, Self.listed]
        let link = try #require(Self.links("buyer", suppliers).first)
        #expect(link.relation == .supplied && link.confidence == .c)
        #expect(link.words == "Buyer, who buys from Huawei Technologies")
        #expect(Self.links("owned", suppliers).isEmpty)
    }

    @Test("A circle, which no import lets in, ends all the same; so does a reference to nothing")
    func circle() throws {
        let first = Self.company("a", "A", owners: [("b", 100), ("nobody", 1)], suppliedBy: ["a"])
        let second = Self.company("b", "B", owners: [("a", 100), ("hw", 100)])
        #expect(Self.links("a", [first, second, Self.listed]).map(\.relation) == [.controlled])
    }

    @Test("A long chain is followed to its end and told in short")
    func longChain() throws {
        let chain = (1...5000).map { Self.company("\($0)", "N\($0)", owners: [($0 == 1 ? "hw" : "\($0 - 1)", 100)]) }
        let link = try #require(Self.links("5000", chain + [Self.listed]).first)
        #expect(link.words.hasSuffix("and so on over 4989 companies to Huawei Technologies"))
    }

    @Test("Names of others that hold a listed name are none, in graphs too")
    func traps() {
        let others = [Self.company("a", "ZTEX GmbH"), Self.company("b", "Prama Hikvision India")]
        let acme = Self.company("acme", "Acme", owners: [("a", 100), ("b", 100)])
        #expect(Self.links("acme", others + [acme]).isEmpty)
    }

    @Test("Companies are found by id, else by name, alias or place")
    func names() {
        var acme = Self.company("acme", "Acme Ltd")
        acme.aliases = ["ACM"]
        acme.sites = [SupplierGraph.Site(id: "graz", country: "AT", name: "Werk Graz")]
        let other = Self.company("other", "acme")
        let directory = Self.directory([acme, other])
        func ids(_ name: String) -> [String] { directory.companies(named: name).map { directory.supplier($0).id } }
        #expect(ids("Acme") == ["acme"] && ids("acme  ltd") == ["acme"] && ids("acm") == ["acme"])
        #expect(ids("acme/graz") == ["acme"] && ids("Acme Ltd Graz") == ["acme"] && ids("werk graz") == ["acme"])
        #expect(directory.companies(named: "werk graz").map(\.site) == ["graz"])
        #expect(ids("graz").isEmpty && ids("").isEmpty)
        #expect(directory.countries(ofPlace: "graz") == ["AT"] && directory.countries(ofPlace: "linz").isEmpty)
    }

    @Test("Papers that expire change the standing on the day after")
    func standing() throws {
        var acme = Self.company("acme", "Acme")
        acme.documents = [SupplierGraph.Document(id: "1", kind: "ISO 9001", expires: "2026-06-30")]
        let directory = Self.directory([acme])
        func standing(_ day: String) throws -> String { directory.standing(on: try #require(CalendarDay(day))) }
        #expect(try standing("2026-06-30") == standing("2026-01-01"))
        #expect(try standing("2026-07-01") != standing("2026-06-30"))
    }
}
