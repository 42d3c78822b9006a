import AssayConsole
import AssayModel
import Testing

/// Who supplies whom, drawn.
struct SupplierDrawingTests {
    private static func drawing(_ suppliers: [SupplierGraph.Supplier], restricted: Set<String> = []) -> String? {
        let graph = SupplierGraph(id: "g", suppliers: suppliers)
        let views = suppliers.map { supplier in
            SupplierView(
                supplier, in: graph, path: "/suppliers/g/\(supplier.id)",
                restrictions: restricted.contains(supplier.id) ? ["a list"] : [],
                at: RecordMoment(seconds: 1_790_000_000))
        }
        return SupplierDrawing(graph, views)?.svg
    }

    private static func company(_ id: String, _ name: String, tier: Int?, from: [String] = []) -> SupplierGraph.Supplier
    {
        var supplier = SupplierGraph.Supplier(id: id, name: name)
        supplier.tier = tier
        supplier.suppliedBy = from
        return supplier
    }

    @Test func tiersAreColumnsAndEdgesJoinThem() throws {
        var owned = Self.company("b", "Two", tier: 2)
        owned.owners = [SupplierGraph.Owner(id: "c", share: 60)]
        var first = Self.company("a", "One", tier: 1, from: ["b"])
        first.documents = [SupplierGraph.Document(id: "x", kind: "ISO 9001", expires: "2020-01-01")]
        first.sites = [SupplierGraph.Site(id: "HH", country: "DE", name: "Hamburg")]
        let svg = try #require(Self.drawing([owned, first, Self.company("c", "Three", tier: nil)], restricted: ["b"]))
        for words in [
            ">Tier 1<", ">Tier 2<", ">No tier stated<", "Hamburg (DE)", "1 paper expired", "on a restricted list",
            "class=\"node fail\" x=\"270\"", "class=\"edge owner\"", "href=\"/suppliers/g/a\"",
        ] { #expect(svg.contains(words), "\(words)") }
        #expect(svg.ranges(of: "class=\"edge\"").count == 1)
    }

    @Test func namesOfAnybodyAreHarmless() throws {
        let name = "</text><script>alert(1)</script>\u{202e}"
        let svg = try #require(Self.drawing([Self.company("a\"><b>", name, tier: 1)]))
        ProfilePageTests.expectHarmless(svg)
        #expect(!svg.contains("<b>"))
    }

    @Test func nothingAndTooMuchAreNotDrawn() {
        #expect(Self.drawing([]) == nil)
        let many = (0...SupplierDrawing.limit).map { Self.company("s\($0)", "S", tier: 1) }
        #expect(Self.drawing(many) == nil)
        #expect(Self.drawing(many.dropLast()) != nil)
    }
}
