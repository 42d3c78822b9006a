package import AssayModel
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    private static let newest = """
        SELECT d.* FROM documents d WHERE d.kind = ? AND d.revision =
            (SELECT max(revision) FROM documents o WHERE o.kind = d.kind AND o.document_id = d.document_id)
        """

    /// Most records of one unit.
    private static let recordLimit = 100

    /// Imports documents as the next revisions, all or none; content that is that of the newest revision is left alone.
    package func importDocuments(
        _ documents: [TraceabilityDocument], by actor: Actor
    ) async throws -> [TraceabilityDocument] {
        try await write { db in
            var kept: [TraceabilityDocument] = []
            var touched: [TraceabilityDocument] = []
            for document in documents {
                let newest = try Row.fetchOne(
                    db, sql: Self.newest + " AND d.document_id = ?", arguments: [document.kind.rawValue, document.id]
                ).map { try TraceabilityDocument(row: $0) }
                if let newest, newest.digest == document.digest {
                    kept.append(newest)
                    continue
                }
                var document = document
                document.revision = (newest?.revision ?? 0) + 1
                try Self.insert(document, in: db)
                try db.audit(
                    "\(document.kind.rawValue)/import", document.id,
                    "revision \(document.revision), \(document.digest)", by: actor)
                kept.append(document)
                touched.append(document)
            }
            try Self.markDevices(of: touched, in: db)
            return kept
        }
    }

    /// Has the devices evaluated again that new documents speak of.
    ///
    /// Records and deltas name their unit; anything else may concern every device, of which those that it does not
    /// touch cost a look-up each.
    private static func markDevices(of documents: [TraceabilityDocument], in db: Database) throws {
        guard !documents.isEmpty else { return }
        let change = "UPDATE devices SET generation = generation + 1 WHERE last_report IS NOT NULL"
        guard documents.allSatisfy({ $0.kind == .record || $0.kind == .delta }) else {
            return try db.execute(sql: change)
        }
        let serials = Set(documents.compactMap(\.serial)).sorted()
        let ids = Set(documents.compactMap(\.deviceID)).compactMap { ContentDigest($0)?.hex }.sorted()
        try db.execute(
            sql: change
                + """
                 AND (lower(hex(device_id)) IN (SELECT value FROM json_each(?))
                    OR json_extract(CAST(facts AS TEXT), '$.serial') IN (SELECT value FROM json_each(?)))
                """,
            arguments: [
                String(decoding: try CanonicalJSON.encode(ids), as: UTF8.self),
                String(decoding: try CanonicalJSON.encode(serials), as: UTF8.self),
            ])
    }

    private static func insert(_ document: TraceabilityDocument, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO documents(kind, document_id, revision, digest, content, serial, device_id, imported_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                document.kind.rawValue, document.id, document.revision, document.digest.stored,
                Data(document.content), document.serial, document.deviceID, document.importedAt.milliseconds,
            ])
    }

    /// The newest revision under an id.
    package func document(
        _ kind: TraceabilityDocument.Kind, id: String
    ) async throws -> TraceabilityDocument? {
        try await read { db in
            try Row.fetchOne(db, sql: Self.newest + " AND d.document_id = ?", arguments: [kind.rawValue, id])
                .map { try TraceabilityDocument(row: $0) }
        }
    }

    /// Every revision under an id, oldest first.
    package func revisions(
        _ kind: TraceabilityDocument.Kind, id: String
    ) async throws -> [TraceabilityDocument] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM documents WHERE kind = ? AND document_id = ? ORDER BY revision",
                arguments: [kind.rawValue, id]
            ).map { try TraceabilityDocument(row: $0) }
        }
    }

    /// Newest revisions in the order of their ids.
    package func documents(
        _ kind: TraceabilityDocument.Kind, after cursor: String?, limit: Int
    ) async throws -> [TraceabilityDocument] {
        try await read { db in
            try Row.fetchAll(
                db, sql: Self.newest + " AND d.document_id > ? ORDER BY d.document_id LIMIT ?",
                arguments: [kind.rawValue, cursor ?? "", limit]
            ).map { try TraceabilityDocument(row: $0) }
        }
    }

    /// Newest revisions whose serial number begins with `prefix`, in the order of serial numbers and ids.
    package func documents(
        _ kind: TraceabilityDocument.Kind, serialPrefix prefix: String, after cursor: String?, limit: Int
    ) async throws -> [TraceabilityDocument] {
        try await read { db in
            var sql = Self.newest + " AND d.serial COLLATE NOCASE >= ? AND d.serial COLLATE NOCASE < ?"
            let end = prefix + "\u{10ffff}"
            var arguments: StatementArguments = [kind.rawValue, prefix, end]
            if let cursor {
                let last = try String.fetchOne(
                    db,
                    sql: """
                        SELECT serial FROM documents WHERE kind = ? AND document_id = ? ORDER BY revision DESC LIMIT 1
                        """, arguments: [kind.rawValue, cursor])
                guard let last else { return [] }
                // The index is entered where the page before ended; that the prefix holds is asked of each row.
                sql += " AND (d.serial COLLATE NOCASE, d.document_id) > (?, ?) AND (+d.serial) COLLATE NOCASE >= ?"
                arguments = [kind.rawValue, last, end, last, cursor, prefix]
            }
            return try Row.fetchAll(
                db, sql: sql + " ORDER BY d.serial COLLATE NOCASE, d.document_id LIMIT ?",
                arguments: arguments + [limit]
            ).map { try TraceabilityDocument(row: $0) }
        }
    }

    /// The newest revisions of the deltas for a device id or a serial number, in the order of their import.
    ///
    /// One more than a chain follows is enough to tell that there are too many.
    package func deltas(forDevice id: ContentDigest?, serial: String?) async throws -> [TraceabilityDocument] {
        try await read { db in
            let rows = try Row.fetchAll(
                db.cachedStatement(
                    sql: Self.newest
                        + " AND (d.device_id = ? OR (d.device_id IS NULL AND d.serial = ?)) ORDER BY d.id LIMIT ?"),
                arguments: [
                    TraceabilityDocument.Kind.delta.rawValue, id?.description, serial ?? "", RecordChain.limit + 1,
                ])
            return try rows.map { try TraceabilityDocument(row: $0) }
        }
    }

    /// The records for a device id and then, with no device named in them, those for its serial number, newest first.
    package func records(forDevice id: ContentDigest, serial: String?) async throws -> [TraceabilityDocument] {
        try await read { db in
            let kind = TraceabilityDocument.Kind.record.rawValue
            let byDevice = try Row.fetchAll(
                db.cachedStatement(sql: Self.newest + " AND d.device_id = ? ORDER BY d.id DESC LIMIT ?"),
                arguments: [kind, id.description, Self.recordLimit])
            var bySerial: [Row] = []
            if let serial, !serial.isEmpty {
                bySerial = try Row.fetchAll(
                    db.cachedStatement(
                        sql: Self.newest + " AND d.device_id IS NULL AND d.serial = ? ORDER BY d.id DESC LIMIT ?"),
                    arguments: [kind, serial, Self.recordLimit])
            }
            return try (byDevice + bySerial).map { try TraceabilityDocument(row: $0) }
        }
    }
}

extension TraceabilityDocument {
    /// Reads a row of `documents`.
    init(row: Row) throws {
        let name: String = try row.value("kind")
        guard let kind = Kind(rawValue: name) else { throw StoreFailure(.corrupt, "document kind \(name)") }
        try self.init(
            kind: kind, id: row.value("document_id"), revision: row.value("revision"), digest: row.digest("digest"),
            content: row.bytes("content"), serial: row.value("serial"), deviceID: row.value("device_id"),
            importedAt: row.requiredTime("imported_at"))
    }
}
