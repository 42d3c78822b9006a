internal import AssayModel
internal import AssayStore

/// The documents that devices are held against: those of the store, and candidates in their place.
struct DocumentSource: Sendable {
    let store: any Store
    /// Documents that are taken as if they had been imported last.
    var candidates: [TraceabilityDocument] = []

    private func candidates(_ kind: TraceabilityDocument.Kind) -> [TraceabilityDocument] {
        candidates.filter { $0.kind == kind }
    }

    /// The newest revision under every id.
    func all(_ kind: TraceabilityDocument.Kind) async throws -> [TraceabilityDocument] {
        var documents: [String: TraceabilityDocument] = [:]
        var cursor: String?
        repeat {
            let page = try await store.documents(kind, after: cursor, limit: 200)
            for document in page { documents[document.id] = document }
            cursor = page.count == 200 ? page.last?.id : nil
        } while cursor != nil
        for candidate in candidates(kind) { documents[candidate.id] = candidate }
        return documents.values.sorted { $0.id < $1.id }
    }

    /// The records for a device id and then those for its serial number, newest first.
    func records(forDevice id: ContentDigest, serial: String?) async throws -> [TraceabilityDocument] {
        let stored = try await store.records(forDevice: id, serial: serial)
        let own = candidates(.record).reversed().filter { record in
            record.deviceID.map { $0 == id.description } ?? (record.serial != nil && record.serial == serial)
        }
        let replaced = Set(candidates(.record).map(\.id))
        let all = own + stored.filter { !replaced.contains($0.id) }
        return all.filter { $0.deviceID != nil } + all.filter { $0.deviceID == nil }
    }

    /// The deltas of a unit.
    func deltas(forDevice id: ContentDigest?, serial: String?) async throws -> [TraceabilityDocument] {
        let own = candidates(.delta).filter { delta in
            (delta.deviceID != nil && delta.deviceID == id?.description)
                || (delta.deviceID == nil && delta.serial != nil && delta.serial == serial)
        }
        let replaced = Set(own.map(\.id))
        return try await store.deltas(forDevice: id, serial: serial).filter { !replaced.contains($0.id) } + own
    }
}
