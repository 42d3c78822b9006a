internal import AssayModel
internal import AssayStore
internal import AssayTraceability
internal import HTTPTypes
internal import Logging
internal import ServiceLifecycle
internal import Synchronization

/// Documents that somebody wants to import, with what they would change; one after the other is looked at.
///
/// Drafts live in memory alone: what nobody applies leaves no trace, and a restart forgets it.
final class PlanDesk: Service {
    /// Most drafts that are kept; the oldest that is done makes room.
    static let limit = 8
    /// Most devices that a draft lists; the others are counted.
    static let listed = 200

    /// A document that is not imported yet.
    struct Draft: Sendable {
        /// Its id in addresses.
        let id: String
        /// What would be imported.
        let documents: [TraceabilityDocument]
        /// What is there under the same ids, revision by revision.
        let basis: [Int]
        /// Who wants it.
        let author: String
        /// Since when.
        let createdAt: Timestamp
        /// How far it is.
        var state = State.waiting

        /// Whether it decides for everybody, so that only those who administer apply it.
        var isPolicy: Bool { documents.contains { $0.kind == .policy } }
    }

    /// How far a draft is.
    enum State: Sendable {
        case waiting
        /// So many devices were looked at.
        case judging(devices: Int)
        case planned(Plan)
        case failed(String)
        case applied
    }

    private let operations: Operations
    private let logger: Logger
    private let drafts = Mutex<[Draft]>([])
    private let signals: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    /// Plans for a store.
    init(operations: Operations, logger: Logger) {
        self.operations = operations
        self.logger = logger
        (signals, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.limit))
    }

    /// Plans drafts until the collector shuts down.
    func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            for await id in signals { await plan(id) }
        } onCancelOrGracefulShutdown: { [continuation] in
            continuation.finish()
        }
    }

    /// Takes a file: a profile, a policy, or records in any form.
    func submit(_ bytes: [UInt8], by actor: Actor) async throws -> Draft {
        try await submit(try await documents(bytes, by: actor), by: actor)
    }

    /// Takes documents that are not stored.
    func submit(_ documents: [TraceabilityDocument], by actor: Actor) async throws -> Draft {
        var basis: [Int] = []
        for document in documents { basis.append(try await revision(of: document)) }
        let draft = Draft(
            id: String(ContentDigest.sha256(of: Secret.randomBytes(32)).hex.prefix(16)), documents: documents,
            basis: basis, author: actor.name, createdAt: actor.at)
        let isTaken = drafts.withLock { drafts in
            if drafts.count >= Self.limit, let done = drafts.firstIndex(where: \.state.isFinal) {
                drafts.remove(at: done)
            }
            guard drafts.count < Self.limit else { return false }
            drafts.append(draft)
            return true
        }
        guard isTaken else { throw Problem.rateLimited(after: 60) }
        continuation.yield(draft.id)
        return draft
    }

    /// A draft.
    func draft(_ id: String) throws -> Draft {
        guard let draft = drafts.withLock({ $0.first { $0.id == id } }) else {
            throw CollectorFailure(
                .noInput, "there is no plan \(id)",
                nextStep: "plans are kept until \(Self.limit) others came or the collector restarts: make it again")
        }
        return draft
    }

    /// Imports what a draft holds, unless somebody imported another revision meanwhile.
    func apply(_ id: String, by actor: Actor) async throws -> [TraceabilityDocument] {
        let draft = try draft(id)
        guard case .planned = draft.state else {
            throw CollectorFailure(.usage, "the plan \(id) is not ready, or was applied already")
        }
        for (document, basis) in zip(draft.documents, draft.basis) {
            guard try await revision(of: document) == basis else { throw Self.outdated(document) }
        }
        let documents = try draft.documents.map { document in
            // Whoever applies a policy has reviewed it, and not whoever drew it up.
            if document.kind == .policy {
                let policy = try StoredPolicy(json: document.content).policy
                return try PolicyLibrary.document(
                    StoredPolicy(policy, signer: nil, reviewer: actor.name), at: actor.at)
            }
            var document = document
            document.importedAt = actor.at
            return document
        }
        let kept = try await operations.store.importDocuments(documents, by: actor)
        set(.applied, id)
        return kept
    }

    private static func outdated(_ document: TraceabilityDocument) -> Problem {
        Problem(
            "plan-outdated", .conflict, "The plan is out of date",
            "somebody imported another revision of \(document.kind.noun) \(document.id) since; make the plan again")
    }

    private func revision(of document: TraceabilityDocument) async throws -> Int {
        try await operations.store.document(document.kind, id: document.id)?.revision ?? 0
    }

    private func documents(_ bytes: [UInt8], by actor: Actor) async throws -> [TraceabilityDocument] {
        struct Head: Decodable { var schema: String? }
        let head = try? RecordJSON.decode(Head.self, from: bytes)
        switch head?.schema {
        case HardwareProfile.currentSchema: return [try await operations.profileDocument(bytes, by: actor)]
        case DevicePolicy.schema: return try await Planner(store: operations.store).policy(bytes, by: actor)
        default: return try await operations.recordDocuments(bytes, by: actor)
        }
    }

    private func plan(_ id: String) async {
        guard let draft = try? draft(id) else { return }
        set(.judging(devices: 0), id)
        do {
            let plan = try await Planner(store: operations.store).plan(draft.documents, listing: Self.listed) { count in
                set(.judging(devices: count), id)
            }
            set(.planned(plan), id)
        } catch is CancellationError {
            set(.failed("the collector shuts down"), id)
        } catch {
            logger.error("cannot plan", metadata: ["plan": "\(id)", "error": "\(error)"])
            set(.failed("the plan cannot be made; the log of the collector says why"), id)
        }
    }

    private func set(_ state: State, _ id: String) {
        drafts.withLock { drafts in
            guard let index = drafts.firstIndex(where: { $0.id == id }) else { return }
            drafts[index].state = state
        }
    }
}

extension PlanDesk.State {
    /// Whether nothing more happens by itself.
    var isFinal: Bool {
        switch self {
        case .waiting, .judging: false
        case .planned, .failed, .applied: true
        }
    }

    /// The word for programs.
    var word: String {
        switch self {
        case .waiting: "waiting"
        case .judging: "judging"
        case .planned: "planned"
        case .failed: "failed"
        case .applied: "applied"
        }
    }
}
