internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import Logging

/// Keeps the search index in step with what devices report.
///
/// An object of content is read once, when the first device comes with it, and once more when the last one has left it.
struct ContentIndexer: Sendable {
    private let store: any Store
    private let reader: InventoryReader
    private let logger: Logger

    /// Indexes what `store` holds.
    init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
        reader = InventoryReader(store: store)
    }

    /// Notes what a device's last report is made of.
    ///
    /// A report that cannot be read is a finding of its evaluation; here it only leaves the index as it was.
    func index(_ device: Device) async throws {
        do { try await update(device) } catch let failure as StoreFailure where failure.code == .inputOutput {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            logger.warning("a report is not searched", metadata: ["device": "\(device.id)", "error": "\(error)"])
        }
    }

    private func update(_ device: Device) async throws {
        guard let head = device.head, let stored = try await store.report(of: device.id, sequence: head.sequence)
        else { return }
        let predicate = try ReportStatement.Predicate(of: stored)
        var sections: [ContentDigest: SectionName] = [:]
        for section in ContentFacts.sections {
            guard let descriptor = predicate.sections[section.rawValue], descriptor.lines > 0 else { continue }
            sections[descriptor.digest] = section
        }
        let objects = sections.keys.sorted { $0.hex < $1.hex }
        // What another device leaves meanwhile may have to be indexed again.
        for _ in 0..<3 {
            switch try await store.noteObjects(objects, of: device.id) {
            case .kept(let abandoned):
                for object in abandoned { try await drop(object) }
                return
            case .missing(let missing):
                for digest in missing {
                    guard let section = sections[digest] else { continue }
                    try await index(digest, section, predicate)
                }
            }
        }
    }

    private func index(
        _ digest: ContentDigest, _ section: SectionName, _ predicate: ReportStatement.Predicate
    ) async throws {
        let shards = try await reader.objects(of: section, in: predicate)
        guard shards != [digest] else { return try await store.indexObject(try await object(digest, section)) }
        let known = try await store.indexed(shards)
        for shard in shards where !known.contains(shard) {
            try await store.indexObject(try await object(shard, section))
        }
        try await store.indexObject(IndexedObject(digest: digest, section: section.rawValue, shards: shards))
    }

    private func object(_ digest: ContentDigest, _ section: SectionName) async throws -> IndexedObject {
        let facts = ContentFacts(of: try await reader.content(digest), in: section).facts
        return IndexedObject(digest: digest, section: section.rawValue, facts: facts)
    }

    private func drop(_ abandoned: AbandonedObject) async throws {
        guard let section = SectionName(rawValue: abandoned.section) else { return }
        try await store.dropObject(try await object(abandoned.digest, section))
    }
}
