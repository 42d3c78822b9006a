import AssayModel
import AssayRules
import AssayStore
import AssayStoreSQLite
import Testing

@testable import AssayCollector

@Suite struct RuleListSourceTests {
    private static func list(_ id: String, date: String) -> TraceabilityDocument {
        let content = Array(
            """
            {"schema":"assay/signals/v1","id":"\(id)","title":"t","date":"\(date)","sources":{"s":"s"},"signals":[{
            "id":"signal/\(id)","title":"t","class":"usb","category":"suspect-counterfeit","confidence":"B","about":"id",
            "check":{"mechanism":"forbidden","conditions":[{"field":"ids.vendor","is":"0403"}],"expected":"none"},
            "advice":"a","source":"s","examples":{"fires":[{"note":"n","part":{"ids":{"vendor":"0403"}}}],
            "silent":[{"note":"n","part":{}}]}}]}
            """.utf8)
        return TraceabilityDocument(
            kind: .list, id: id, digest: .sha256(of: content), content: content, importedAt: Timestamp(seconds: 1))
    }

    @Test("The built-in lists count until a refresh takes up what was imported")
    func refresh() async throws {
        let store = try SQLiteStore.inMemory()
        let source = RuleListSource(store: store)
        try await source.refresh()
        #expect(source.current.digest == RuleLists.standard.digest)
        _ = try await store.importDocuments([Self.list("own", date: "2026-01-01")], by: TestCollector.actor)
        #expect(source.current.digest == RuleLists.standard.digest)
        try await source.refresh()
        #expect(source.current.digest != RuleLists.standard.digest)
        #expect(source.current.signals.contains { $0.id == "own" })
        #expect(source.current.signals.count == RuleLists.standard.signals.count + 1)
    }

    @Test("Every imported list is found, also beyond a page, in the order of ids")
    func pages() async throws {
        let store = try SQLiteStore.inMemory()
        let lists = (0..<205).map { Self.list("list-\(1000 + $0)", date: "2026-01-01") }
        _ = try await store.importDocuments(lists, by: TestCollector.actor)
        #expect(try await RuleListSource.imported(store).map(\.id) == lists.map(\.id))
    }

    @Test("A list that cannot be read is a failure, and the lists before stay")
    func unreadable() async throws {
        let store = try SQLiteStore.inMemory()
        var broken = Self.list("own", date: "2026-01-01")
        broken.content = Array("{}".utf8)
        broken.digest = .sha256(of: broken.content)
        _ = try await store.importDocuments([broken], by: TestCollector.actor)
        let source = RuleListSource(store: store)
        await #expect(throws: RecordFailure.self) { try await source.refresh() }
        #expect(source.current.digest == RuleLists.standard.digest)
    }
}
