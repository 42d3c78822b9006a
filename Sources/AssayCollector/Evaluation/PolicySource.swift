internal import AssayModel
internal import AssayStore
internal import Synchronization

/// The policies of the groups of devices, decoded once.
final class PolicySource: Sendable {
    private struct State {
        var digests: [ContentDigest] = []
        var policies: [DevicePolicy] = []
    }

    private let store: any Store
    private let state = Mutex(State())

    /// Looks in `store`.
    init(store: any Store) { self.store = store }

    /// The policies as of the last refresh.
    var current: [DevicePolicy] { state.withLock { $0.policies } }

    /// Takes up what was imported since; an import marks every device in the transaction that stores it.
    func refresh() async throws {
        let documents = try await Self.documents(store)
        let digests = documents.map(\.digest)
        guard state.withLock({ $0.digests != digests }) else { return }
        let policies = try documents.map { try StoredPolicy(json: $0.content).policy }
        state.withLock { $0 = State(digests: digests, policies: policies) }
    }

    /// The newest revision of every policy.
    static func documents(_ store: any Store) async throws -> [TraceabilityDocument] {
        var documents: [TraceabilityDocument] = []
        var cursor: String?
        repeat {
            let page = try await store.documents(.policy, after: cursor, limit: 200)
            documents += page
            cursor = page.count == 200 ? page.last?.id : nil
        } while cursor != nil
        return documents
    }
}

/// A policy together with who vouches for it, as the store keeps it.
struct StoredPolicy: Sendable, Codable {
    /// Id of the key that signed it, `sha256:` and the digest of its SubjectPublicKeyInfo; nil when nobody signed.
    var signer: String?
    /// Who has reviewed it; nil when a signature vouches for it.
    var reviewer: String?
    /// The policy.
    var policy: DevicePolicy

    /// Vouches for a policy.
    init(_ policy: DevicePolicy, signer: String?, reviewer: String?) {
        self.policy = policy
        self.signer = signer
        self.reviewer = reviewer
    }

    /// Reads the stored form.
    init(json: [UInt8]) throws { self = try CanonicalJSON.decode(Self.self, from: json) }
}
