import AssayModel
import Testing

@Suite struct SupplierGraphTests {
    static func graph(_ suppliers: String) -> [UInt8] {
        Array(#"{"schema": "assay/supplier-graph/v1", "id": "g", "suppliers": [\#(suppliers)]}"#.utf8)
    }

    static let acme =
        #"{"id": "acme", "name": "Acme Ltd", "tier": 1, "country": "DE", "owners": [{"id": "holding", "share": 51}], "suppliedBy": ["chips"], "aliases": ["ACME"], "sites": [{"id": "graz", "country": "AT"}], "documents": [{"id": "9001-7", "kind": "ISO 9001", "expires": "2026-06-30"}]}"#
    static let holding = #"{"id": "holding", "name": "Holding", "owners": [{"id": "fund"}]}"#
    static let rest = #"{"id": "fund", "name": "Fund"}, {"id": "chips", "name": "Chips"}"#

    @Test func ownersAreFollowed() throws {
        let graph = try RecordJSON.suppliers(
            from: Self.graph([Self.acme, Self.holding, Self.rest].joined(separator: ",")))
        #expect(graph.owners(of: "acme").map(\.id) == ["holding", "fund"])
        #expect(graph.supplier(named: " acme  LTD")?.id == "acme")
        #expect(graph.supplier(named: "nobody") == nil)
        let document = try #require(graph.supplier(named: "ACME")?.documents.first)
        #expect(!document.isExpired(at: try #require(RecordMoment("2026-06-30T23:00:00Z"))))
        #expect(document.isExpired(at: try #require(RecordMoment("2026-07-01"))))
        #expect(try RecordJSON.suppliers(from: try CanonicalJSON.encode(graph)) == graph)
    }

    @Test(
        "faults are named",
        arguments: [
            (acme, RecordFailure(.dangling, field: "suppliers[0].owners[0]", detail: "")),
            (
                #"{"id": "a", "name": "A", "suppliedBy": ["b"]}, {"id": "b", "name": "B", "suppliedBy": ["a"]}"#,
                RecordFailure(.cycle, field: "suppliers[1].suppliedBy", detail: "")
            ),
            (
                #"{"id": "a", "name": "A", "owners": [{"id": "a"}]}"#,
                RecordFailure(.cycle, field: "suppliers[0].owners", detail: "")
            ),
            (rest + "," + rest, RecordFailure(.duplicate, field: "suppliers[2].id", detail: "")),
            (
                #"{"id": "a", "name": "A", "country": "Germany"}"#,
                RecordFailure(.invalid, field: "suppliers[0].country", detail: "")
            ),
            (
                #"{"id": "a", "name": "A", "documents": [{"id": "d", "kind": "k", "expires": "soon"}]}"#,
                RecordFailure(.invalid, field: "suppliers[0].documents[0].expires", detail: "")
            ),
            (
                #"{"id": "a", "name": "A", "teir": 1}"#,
                RecordFailure(.unknownField, field: "suppliers.[0].teir", detail: "")
            ),
        ])
    func faults(suppliers: String, failure: RecordFailure) {
        do {
            _ = try RecordJSON.suppliers(from: Self.graph(suppliers))
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.code == failure.code)
            #expect(error.field.replacing(".[", with: "[") == failure.field.replacing(".[", with: "["))
        }
    }

    @Test func aLongChainIsNoCircle() throws {
        let list = (0..<5000).map {
            #"{"id": "\#($0)", "name": "n"\#($0 == 0 ? "" : #", "owners": [{"id": "\#($0 - 1)"}]"#)}"#
        }
        let graph = try RecordJSON.suppliers(from: Self.graph(list.joined(separator: ",")))
        #expect(graph.owners(of: "4999").count == 4999)
    }
}
