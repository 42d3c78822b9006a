import AssayModel
import AssayStore
import AssayStoreSQLite
import Testing

@testable import AssayCollector

/// What devices are held against: the store's documents, and candidates in their place.
@Suite struct DocumentSourceTests {
    private static let device = ContentDigest.sha256(of: [7])

    private static func document(
        _ kind: TraceabilityDocument.Kind, _ id: String, _ text: String = "stored", serial: String? = nil,
        of device: ContentDigest? = nil
    ) -> TraceabilityDocument {
        let content = Array(#"{"text":"\#(text)"}"#.utf8)
        return TraceabilityDocument(
            kind: kind, id: id, digest: .sha256(of: content), content: content, serial: serial,
            deviceID: device?.description, importedAt: Timestamp(seconds: 1))
    }

    private static func source(
        _ stored: [TraceabilityDocument], candidates: [TraceabilityDocument] = []
    ) async throws -> DocumentSource {
        let store = try SQLiteStore.inMemory()
        _ = try await store.importDocuments(stored, by: TestCollector.actor)
        return DocumentSource(store: store, candidates: candidates)
    }

    private static func text(_ documents: [TraceabilityDocument]) -> [String] {
        documents.map { "\($0.id) \(String(decoding: $0.content, as: UTF8.self).split(separator: "\"")[3])" }
    }

    @Test("A candidate takes the place of its id, and other kinds are left alone")
    func all() async throws {
        let source = try await Self.source(
            [Self.document(.profile, "b"), Self.document(.profile, "c"), Self.document(.policy, "b")],
            candidates: [Self.document(.profile, "c", "new"), Self.document(.profile, "a", "new")])
        #expect(Self.text(try await source.all(.profile)) == ["a new", "b stored", "c new"])
        #expect(Self.text(try await source.all(.policy)) == ["b stored"])
    }

    @Test("More documents than a page are all found")
    func pages() async throws {
        let many = (0..<401).map { Self.document(.policy, "p\(1000 + $0)") }
        let found = try await Self.source(many).all(.policy)
        #expect(found.map(\.id) == many.map(\.id))
    }

    @Test("A record of the device goes before those of its serial number, and candidates before stored ones")
    func records() async throws {
        let stored = Self.document(.record, "by-serial", serial: "S-1")
        let plain = try await Self.source([stored])
        #expect(Self.text(try await plain.records(forDevice: Self.device, serial: "S-1")) == ["by-serial stored"])
        #expect(try await plain.records(forDevice: Self.device, serial: "S-2").isEmpty)
        let replacing = try await Self.source(
            [stored], candidates: [Self.document(.record, "by-serial", "new", serial: "S-1")])
        #expect(Self.text(try await replacing.records(forDevice: Self.device, serial: "S-1")) == ["by-serial new"])
        let own = try await Self.source([stored], candidates: [Self.document(.record, "own", "new", of: Self.device)])
        #expect(try await own.records(forDevice: Self.device, serial: "S-1").first?.id == "own")
        let foreign = try await Self.source(
            [stored], candidates: [Self.document(.record, "own", "new", of: .sha256(of: []))])
        #expect(Self.text(try await foreign.records(forDevice: Self.device, serial: "S-1")) == ["by-serial stored"])
    }

    @Test("Deltas of the unit, candidates behind the stored ones and in the place of their ids")
    func deltas() async throws {
        let source = try await Self.source(
            [Self.document(.delta, "d1", serial: "S-1"), Self.document(.delta, "d2", serial: "S-1")],
            candidates: [
                Self.document(.delta, "d1", "new", serial: "S-1"), Self.document(.delta, "d3", "new", serial: "S-2"),
                Self.document(.delta, "d4", "new", of: Self.device), Self.document(.delta, "d5", "new"),
            ])
        let found = try await source.deltas(forDevice: Self.device, serial: "S-1")
        #expect(Self.text(found) == ["d2 stored", "d1 new", "d4 new"])
        #expect(Self.text(try await source.deltas(forDevice: nil, serial: nil)).isEmpty)
    }
}
