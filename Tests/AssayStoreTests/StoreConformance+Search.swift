import AssayModel
import AssayStore
import Testing

extension StoreConformance {
    private static func object(
        _ name: String, _ facts: [Fact], shards: [String]? = nil
    ) -> IndexedObject {
        IndexedObject(digest: digest(name), section: "components", shards: shards?.map(digest), facts: facts)
    }

    private static func holders(
        _ kind: FactKind, _ key: String, in store: some Store
    ) async throws -> [ContentDigest] {
        try await store.factHolders(kind, key: key, after: nil, limit: 99).holders.map(\.device.id)
    }

    static func devicesAreFoundByTheirContent(_ store: some Store) async throws {
        for name in ["a", "b"] { _ = try await withDevice(store, name) }
        let part = Fact(.part, "m471", label: "Maker M471", place: "dimm/A1")
        #expect(try await store.noteObjects([digest("x")], of: digest("a")) == .missing([digest("x")]))
        try await store.indexObject(object("x", [part, Fact(.part, "m472"), Fact(.id, "8086:10d3")]))
        #expect(try await store.noteObjects([digest("x")], of: digest("a")) == .kept(abandoned: []))
        #expect(try await store.noteObjects([digest("x")], of: digest("a")) == .kept(abandoned: []))
        #expect(try await store.noteObjects([digest("x")], of: digest("b")) == .kept(abandoned: []))
        let matches = try await store.factMatches(.part, .beginning("m47"), limit: 9)
        #expect(matches.map(\.key) == ["m471", "m472"])
        #expect(matches.map(\.holders) == [2, 2])
        #expect(matches.first?.label == "Maker M471")
        #expect(try await store.factMatches(.part, .beginning("m47"), limit: 1).map(\.key) == ["m471"])
        #expect(try await store.factMatches(.part, .whole("m47"), limit: 9).isEmpty)
        #expect(try await store.factMatches(.id, .whole("8086:10d3"), limit: 9).count == 1)
        let first = try await store.factHolders(.part, key: "m471", after: nil, limit: 1)
        #expect(first.holders.map(\.place) == ["dimm/A1"])
        let second = try await store.factHolders(.part, key: "m471", after: first.next, limit: 2)
        #expect(Set((first.holders + second.holders).map(\.device.id)) == [digest("a"), digest("b")])
        #expect(second.next == nil)
    }

    static func whatNobodyHoldsIsForgotten(_ store: some Store) async throws {
        for name in ["a", "b"] { _ = try await withDevice(store, name) }
        let old = object("old", [Fact(.package, "openssl 1")])
        try await store.indexObject(old)
        try await store.indexObject(object("new", [Fact(.package, "openssl 2")]))
        for name in ["a", "b"] { _ = try await store.noteObjects([digest("old")], of: digest(name)) }
        #expect(try await store.noteObjects([digest("new")], of: digest("a")) == .kept(abandoned: []))
        // Somebody holds it.
        try await store.dropObject(old)
        #expect(try await holders(.package, "openssl 1", in: store) == [digest("b")])
        let left = AbandonedObject(digest: digest("old"), section: "components")
        #expect(try await store.noteObjects([digest("new")], of: digest("b")) == .kept(abandoned: [left]))
        #expect(try await store.factMatches(.package, .beginning("openssl"), limit: 9).map(\.key) == ["openssl 2"])
        try await store.dropObject(old)
        #expect(try await store.indexed([digest("old"), digest("new")]) == [digest("new")])
        #expect(try await store.noteObjects([digest("old")], of: digest("b")) == .missing([digest("old")]))
    }

    static func shardsLeadToTheirHolders(_ store: some Store) async throws {
        for name in ["a", "b"] { _ = try await withDevice(store, name) }
        let (one, two) = (String(repeating: "1", count: 16), String(repeating: "2", count: 16))
        try await store.indexObject(object("s1", [Fact(.file, one)]))
        try await store.indexObject(object("s2", [Fact(.file, two)]))
        try await store.indexObject(object("w1", [], shards: ["s1"]))
        try await store.indexObject(object("w2", [], shards: ["s1", "s2"]))
        _ = try await store.noteObjects([digest("w1")], of: digest("a"))
        _ = try await store.noteObjects([digest("w2")], of: digest("b"))
        #expect(Set(try await holders(.file, one, in: store)) == [digest("a"), digest("b")])
        #expect(try await holders(.file, two + String(repeating: "f", count: 48), in: store) == [digest("b")])
        #expect(try await store.factMatches(.file, .beginning("11111111"), limit: 9).map(\.key) == [one])
        #expect(try await store.factMatches(.file, .beginning("111111111111111112"), limit: 9).map(\.key) == [one])
        let left = AbandonedObject(digest: digest("s2"), section: "components")
        #expect(try await store.noteObjects([digest("w1")], of: digest("b")) == .kept(abandoned: [left]))
        #expect(try await store.indexed([digest("w2")]).isEmpty)
    }

    static func idsAreFoundByTheirBeginning(_ store: some Store) async throws {
        for name in ["a", "b", "c"] { _ = try await withDevice(store, name) }
        for name in ["a", "b", "c"] {
            let id = digest(name)
            #expect(try await store.devices(withPrefix: String(id.hex.prefix(9)), limit: 5).map(\.id) == [id])
        }
        #expect(try await store.devices(withPrefix: "", limit: 2).count == 2)
        #expect(try await store.devices(withPrefix: "zz", limit: 2).isEmpty)
        #expect(try await store.findings(withPrefix: "none", limit: 2).isEmpty)
    }
}
