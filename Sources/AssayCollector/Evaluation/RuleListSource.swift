internal import AssayModel
internal import AssayRules
internal import AssayStore
internal import Synchronization

/// The lists that the rules work with: those that are built in, and the newer ones that were imported.
final class RuleListSource: Sendable {
    private struct State {
        var imported: [ContentDigest] = []
        var lists = RuleLists.standard
    }

    private let store: any Store
    private let state = Mutex(State())

    /// Looks in `store`.
    init(store: any Store) { self.store = store }

    /// The lists as of the last refresh.
    var current: RuleLists { state.withLock { $0.lists } }

    /// Takes up what was imported since.
    ///
    /// An import marks every device in the transaction that stores the list: whoever refreshes after asking which
    /// devices are to be judged misses none.
    func refresh() async throws {
        let documents = try await Self.imported(store)
        let digests = documents.map(\.digest)
        guard state.withLock({ $0.imported != digests }) else { return }
        let lists = try Self.lists(documents)
        state.withLock { $0 = State(imported: digests, lists: lists) }
    }

    /// The lists that count in a store.
    static func lists(of store: any Store) async throws -> RuleLists { try lists(await imported(store)) }

    private static func lists(_ documents: [TraceabilityDocument]) throws -> RuleLists {
        RuleLists.standard.replacing(with: try documents.map { try ListDocument(json: $0.content) })
    }

    /// The newest revision of every list that was imported.
    static func imported(_ store: any Store) async throws -> [TraceabilityDocument] {
        var documents: [TraceabilityDocument] = []
        var cursor: String?
        repeat {
            let page = try await store.documents(.list, after: cursor, limit: 200)
            documents += page
            cursor = page.count == 200 ? page.last?.id : nil
        } while cursor != nil
        return documents
    }
}
