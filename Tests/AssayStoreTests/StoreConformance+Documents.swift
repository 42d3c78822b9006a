import AssayModel
import AssayStore
import Testing

extension StoreConformance {
    private static func record(_ serial: String, model: String, revision content: UInt8 = 1) -> TraceabilityDocument {
        let bytes = Array("\(model) \(serial) \(content)".utf8)
        return TraceabilityDocument(
            kind: .record, id: "\(model)/\(serial)", digest: .sha256(of: bytes), content: bytes, serial: serial,
            importedAt: now)
    }

    static func recordsAreFoundBySerial(_ store: some Store) async throws {
        let records = [
            record("ab-2", model: "x"), record("AB-1", model: "x"), record("AB-1", model: "w"),
            record("ac-1", model: "x"),
            record("%B-1", model: "x"),
        ]
        _ = try await store.importDocuments(records, by: actor)
        _ = try await store.importDocument(record("AB-1", model: "x", revision: 2), by: actor)
        var delta = record("AB-1", model: "d")
        delta.kind = .delta
        _ = try await store.importDocument(delta, by: actor)

        func search(_ prefix: String, after cursor: String? = nil, limit: Int = 9) async throws -> [String] {
            try await store.documents(.record, serialPrefix: prefix, after: cursor, limit: limit).map(\.id)
        }
        // Whatever the case of letters, each record once, in the order of serial numbers and ids.
        #expect(try await search("aB-") == ["w/AB-1", "x/AB-1", "x/ab-2"])
        #expect(
            try await store.documents(.record, serialPrefix: "AB-1", after: nil, limit: 9).map(\.revision) == [1, 2])
        #expect(try await search("a", after: "w/AB-1", limit: 2) == ["x/AB-1", "x/ab-2"])
        #expect(try await search("a", after: "x/ab-2") == ["x/ac-1"])
        // What a pattern of SQL would mean is a letter like others.
        #expect(try await search("%") == ["x/%B-1"])
        #expect(try await search("b-1").isEmpty)
        #expect(try await search("a", after: "nobody").isEmpty)
        #expect(try await search("ac", after: "x/AB-1") == ["x/ac-1"])
    }
}
