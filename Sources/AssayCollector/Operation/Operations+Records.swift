package import AssayModel
package import AssayStore
package import AssayTraceability

/// How the documents of an import are read.
package struct RecordImportOptions: Sendable {
    /// Form; recognised by the content when nil.
    package var form: RecordForm?
    /// Columns of a table.
    package var map = ColumnMap()
    /// Trusted issuers of certificates; signatures are not checked when nil.
    package var anchors: TrustAnchors?

    /// Recognises the form and checks no signature.
    package init(form: RecordForm? = nil) { self.form = form }
}

extension Operations {
    /// Imports every record, delta and profile of a file, all or none.
    package func importRecords(
        _ bytes: [UInt8], _ options: RecordImportOptions = RecordImportOptions(), by actor: Actor
    ) async throws -> [TraceabilityDocument] {
        try await store.importDocuments(try await recordDocuments(bytes, options, by: actor), by: actor)
    }

    /// The documents that the records of a file would become.
    package func recordDocuments(
        _ bytes: [UInt8], _ options: RecordImportOptions = RecordImportOptions(), by actor: Actor
    ) async throws -> [TraceabilityDocument] {
        let imported: [ImportedDocument]
        do {
            imported = try RecordImport.read(
                bytes, as: options.form, map: options.map, trusting: options.anchors)
        } catch {
            throw Self.failure(error)
        }
        var documents: [TraceabilityDocument] = []
        for item in imported {
            let document = try Self.document(item, actor)
            let newest = try await store.document(document.kind, id: document.id)
            // A table that changed in one row is another file; its other units are what they were.
            let isKnown = try newest.map { try Self.saysTheSame($0, document) } ?? false
            documents.append(isKnown ? newest ?? document : document)
        }
        return documents
    }

    /// Whether two documents differ in nothing but the file that they came in.
    private static func saysTheSame(_ one: TraceabilityDocument, _ other: TraceabilityDocument) throws -> Bool {
        func record(_ document: TraceabilityDocument) throws -> AsBuiltRecord {
            var record = try CanonicalJSON.decode(AsBuiltRecord.self, from: document.content)
            record.source?.document = nil
            return record
        }
        func delta(_ document: TraceabilityDocument) throws -> RecordDelta {
            var delta = try CanonicalJSON.decode(RecordDelta.self, from: document.content)
            delta.source?.document = nil
            return delta
        }
        switch one.kind {
        case .record: return try record(one) == record(other)
        case .delta: return try delta(one) == delta(other)
        case .profile, .suppliers, .list, .policy: return one.digest == other.digest
        }
    }

    private static func failure(_ failure: RecordFailure) -> CollectorFailure {
        let faults = failure.all
        guard faults.count > 1 else {
            return CollectorFailure(.data, "the record cannot be used: \(failure)", faults: faults)
        }
        return CollectorFailure(
            .data, "nothing was imported, for \(faults.count) faults:", details: faults.map(\.description),
            faults: faults)
    }

    private static func document(_ imported: ImportedDocument, _ actor: Actor) throws -> TraceabilityDocument {
        switch imported.content {
        case .record(let record):
            return try document(.record, id: name(of: record.device), record, record.device, actor)
        case .delta(let delta):
            let unit =
                delta.device.serial == nil && delta.device.id == nil
                ? AsBuiltRecord.Unit(serial: delta.amends.serial, id: delta.amends.id) : delta.device
            return try document(.delta, id: "\(name(of: unit))/\(try name(of: delta))", delta, unit, actor)
        case .profile(let profile):
            return try document(.profile, id: profile.id, profile, AsBuiltRecord.Unit(), actor)
        }
    }

    /// What tells the deltas of one unit apart; one without a number of its own is known by its content, so that two
    /// changes of one day do not take each other's place.
    private static func name(of delta: RecordDelta) throws -> String {
        if let id = delta.id { return id }
        if let certificate = delta.source?.certificate {
            return "\(certificate.serial)-\(ContentDigest.sha256(of: certificate.issuer.utf8).hex.prefix(6))"
        }
        var content = delta
        content.source?.document = nil
        let digest = ContentDigest.sha256(of: try CanonicalJSON.encode(content))
        return [delta.changedAt, String(digest.hex.prefix(12))].compactMap(\.self).joined(separator: "-")
    }

    private static func name(of unit: AsBuiltRecord.Unit) -> String {
        let serial = unit.serial.map { [unit.manufacturer, unit.model, $0].compactMap(\.self).joined(separator: "/") }
        return serial ?? unit.id ?? "unnamed"
    }

    private static func document(
        _ kind: TraceabilityDocument.Kind, id: String, _ value: some Encodable, _ unit: AsBuiltRecord.Unit,
        _ actor: Actor
    ) throws -> TraceabilityDocument {
        let content = try CanonicalJSON.encode(value)
        return TraceabilityDocument(
            kind: kind, id: id, digest: .sha256(of: content), content: content, serial: unit.serial,
            deviceID: unit.id, importedAt: actor.at)
    }
}

/// A record with everything that belongs to it.
package struct RecordChainView: Sendable {
    /// The record as it was imported last.
    package let base: AsBuiltRecord
    /// The record with its deltas, and what is wrong with them.
    package let resolution: RecordChain.Resolution
    /// Every revision of the record, then the newest of each delta.
    package let documents: [TraceabilityDocument]
}

extension Operations {
    /// A record with its deltas applied.
    package func chain(_ id: String) async throws -> RecordChainView {
        let document = try await document(.record, id)
        let base = try CanonicalJSON.decode(AsBuiltRecord.self, from: document.content)
        let chain = try await TraceabilityFinder(store: store).chain(
            base, deviceID: document.deviceID.flatMap { ContentDigest($0) })
        return RecordChainView(
            base: base, resolution: chain.resolution,
            documents: try await store.revisions(.record, id: id) + chain.documents)
    }

    /// Imports a supplier graph.
    package func importSuppliers(_ bytes: [UInt8], by actor: Actor) async throws -> TraceabilityDocument {
        try await store.importDocument(try supplierDocument(bytes, by: actor), by: actor)
    }

    /// The document that a supplier graph's file would become.
    package func supplierDocument(_ bytes: [UInt8], by actor: Actor) throws -> TraceabilityDocument {
        let graph: SupplierGraph
        do { graph = try RecordJSON.suppliers(from: bytes) } catch {
            throw CollectorFailure(.data, "the supplier graph cannot be used: \(error)", faults: error.all)
        }
        return try Self.document(.suppliers, id: graph.id, graph, AsBuiltRecord.Unit(), actor)
    }

    /// A supplier graph.
    package func suppliers(_ id: String) async throws -> SupplierGraph {
        try CanonicalJSON.decode(SupplierGraph.self, from: try await document(.suppliers, id).content)
    }

    /// What differs between two revisions of a document; the newest and the one before it where none are named.
    package func compare(
        _ kind: TraceabilityDocument.Kind, _ id: String, from: Int? = nil, to: Int? = nil
    ) async throws -> RevisionComparison {
        let newest = try await document(kind, id).revision
        let to = to ?? newest
        let from = from ?? max(1, to - 1)
        let before = try await revision(kind, id, from)
        let after = try await revision(kind, id, to)
        return RevisionComparison(
            id: id, from: from, to: to,
            comparison: try DocumentComparison(from: before.content, to: after.content))
    }

    /// One revision of a document.
    package func revision(
        _ kind: TraceabilityDocument.Kind, _ id: String, _ number: Int
    ) async throws -> TraceabilityDocument {
        let revisions = try await store.revisions(kind, id: id)
        guard let found = revisions.first(where: { $0.revision == number }) else {
            let known = revisions.isEmpty ? "none" : "1 to \(revisions.count)"
            throw CollectorFailure(
                .noInput, "there is no revision \(number) of \(kind.rawValue) \(id); there are \(known)")
        }
        return found
    }
}

/// What differs between two revisions of a document.
package struct RevisionComparison: Sendable, Codable {
    /// The document.
    package let id: String
    /// The revision that is compared with.
    package let from: Int
    /// The revision that is compared.
    package let to: Int
    /// What differs.
    package let comparison: DocumentComparison
}
