import AssayModel
import AssayStore
import AssayStoreSQLite
import Testing

@testable import AssayCollector

@Suite struct PolicySourceTests {
    private static func document(_ id: String, uses: [String] = []) throws -> TraceabilityDocument {
        let text = #"{"schema":"assay/policy/v1","id":"\#(id)","intendedUse":[\#(uses.map { "\"\($0)\"" }.joined())]}"#
        let policy = try CanonicalJSON.decode(DevicePolicy.self, from: text.utf8)
        let content = try CanonicalJSON.encode(StoredPolicy(policy, signer: nil, reviewer: "ada"))
        return TraceabilityDocument(
            kind: .policy, id: id, digest: .sha256(of: content), content: content, importedAt: Timestamp(seconds: 1))
    }

    @Test("Policies are those of the last refresh, by id")
    func refresh() async throws {
        let store = try SQLiteStore.inMemory()
        let source = PolicySource(store: store)
        try await source.refresh()
        #expect(source.current.isEmpty)
        _ = try await store.importDocuments([try Self.document("b"), try Self.document("a")], by: TestCollector.actor)
        #expect(source.current.isEmpty)
        try await source.refresh()
        #expect(source.current.map(\.id) == ["a", "b"])
        _ = try await store.importDocuments([try Self.document("b", uses: ["eu"])], by: TestCollector.actor)
        try await source.refresh()
        #expect(source.current.map(\.intendedUse) == [[], ["eu"]])
    }

    @Test("A candidate counts as if it had been imported")
    func candidates() async throws {
        let store = try SQLiteStore.inMemory()
        _ = try await store.importDocuments([try Self.document("a")], by: TestCollector.actor)
        let source = PolicySource(store: store, candidates: [try Self.document("a", uses: ["eu"])])
        try await source.refresh()
        #expect(source.current.map(\.intendedUse) == [["eu"]])
    }

    @Test("A policy that cannot be read is a failure, and the policies before stay")
    func unreadable() async throws {
        let store = try SQLiteStore.inMemory()
        _ = try await store.importDocuments([try Self.document("a")], by: TestCollector.actor)
        let source = PolicySource(store: store)
        try await source.refresh()
        var broken = try Self.document("b")
        broken.content = Array("{}".utf8)
        broken.digest = .sha256(of: broken.content)
        _ = try await store.importDocuments([broken], by: TestCollector.actor)
        await #expect(throws: DecodingError.self) { try await source.refresh() }
        #expect(source.current.map(\.id) == ["a"])
    }
}
