internal import AssayModel
internal import AssayRules
internal import AssayStore
internal import Synchronization

/// The supplier graphs that parts and records are judged by, decoded and followed to the listed companies once.
final class SupplierSource: Sendable {
    /// What the graphs know, and what names their content.
    struct Known: Sendable {
        var directory = SupplierDirectory.none
        /// Digest of the graphs; nil when there are none.
        var digest: ContentDigest?
    }

    private struct State {
        var inputs: [ContentDigest] = []
        var known = Known()
    }

    private let documents: DocumentSource
    private let state = Mutex(State())

    /// Looks in `store`, and takes candidates for graphs of it.
    init(store: any Store, candidates: [TraceabilityDocument] = []) {
        documents = DocumentSource(store: store, candidates: candidates)
    }

    /// What is known as of the last refresh.
    var current: Known { state.withLock { $0.known } }

    /// Takes up graphs that were imported since, and other `lists`; an import marks every device in the transaction that
    /// stores it.
    func refresh(for lists: RuleLists) async throws {
        let found = try await documents.all(.suppliers)
        let digests = found.map(\.digest)
        guard state.withLock({ $0.inputs != digests + [lists.digest] }) else { return }
        let graphs = try found.map { try CanonicalJSON.decode(SupplierGraph.self, from: $0.content) }
        let digest = found.isEmpty ? nil : ContentDigest.sha256(of: digests.map(\.description).joined().utf8)
        let known = Known(directory: SupplierDirectory(graphs, lists: lists), digest: digest)
        state.withLock { $0 = State(inputs: digests + [lists.digest], known: known) }
    }
}
