internal import AssayModel
internal import AssayStore
internal import Synchronization

/// The policies of the groups of devices, decoded once.
final class PolicySource: Sendable {
    private struct State {
        var digests: [ContentDigest] = []
        var policies: [DevicePolicy] = []
    }

    private let documents: DocumentSource
    private let state = Mutex(State())

    /// Looks in `store`, and takes candidates for policies of it.
    init(store: any Store, candidates: [TraceabilityDocument] = []) {
        documents = DocumentSource(store: store, candidates: candidates)
    }

    /// The policies as of the last refresh.
    var current: [DevicePolicy] { state.withLock { $0.policies } }

    /// Takes up what was imported since; an import marks every device in the transaction that stores it.
    func refresh() async throws {
        let found = try await documents.all(.policy)
        let digests = found.map(\.digest)
        guard state.withLock({ $0.digests != digests }) else { return }
        let policies = try found.map { try StoredPolicy(json: $0.content).policy }
        state.withLock { $0 = State(digests: digests, policies: policies) }
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

    /// Who vouches for it, in words.
    var voucher: String { signer.map { "key \($0)" } ?? "review by \(reviewer ?? "nobody")" }

    /// Vouches for a policy.
    init(_ policy: DevicePolicy, signer: String?, reviewer: String?) {
        self.policy = policy
        self.signer = signer
        self.reviewer = reviewer
    }

    /// Reads the stored form.
    init(json: [UInt8]) throws { self = try CanonicalJSON.decode(Self.self, from: json) }
}
