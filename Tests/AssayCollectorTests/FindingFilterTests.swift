import AssayStore
import Testing

@testable import AssayCollector

/// What narrows lists of findings, as addresses carry it.
struct FindingFilterTests {
    private static func filter(_ values: [String: String]) throws -> FindingFilter {
        try FindingFilter { values[$0] }
    }

    @Test func addressesCarryWhatIsSetInOneOrder() throws {
        let filter = try Self.filter(["model": "Maker / Box", "state": "open", "rule": "", "other": "x"])
        #expect(filter.address("/findings") == "/findings?state=open&model=Maker%20/%20Box")
        #expect(filter.address("/findings", [("view", "list"), ("after", nil)]).hasSuffix("Box&view=list"))
        #expect(try Self.filter([:]).address("/findings") == "/findings")
        #expect(try !Self.filter(["rule": ""]).isSet)
    }

    @Test func resolvedFindingsAreAskedForByName() throws {
        #expect(try Self.filter(["state": "resolved"]).includesResolved)
        #expect(try Self.filter(["state": "all"]).includesResolved)
        #expect(try !Self.filter(["state": "open"]).includesResolved)
    }

    @Test(
        "what cannot be a filter is refused",
        arguments: [
            ["severity": "worst"], ["state": "gone"], ["text": String(repeating: "x", count: 257)],
        ]) func strange(_ values: [String: String])
    {
        #expect(throws: Problem.malformed("")) { try Self.filter(values) }
    }
}
