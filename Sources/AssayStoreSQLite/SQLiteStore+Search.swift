package import AssayModel
internal import AssayReport
package import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Notes of which objects a device's last report is made of.
    package func noteObjects(_ objects: [ContentDigest], of device: ContentDigest) async throws -> ObjectNote {
        let wanted = Set(objects)
        let isKnown = try await read { db in
            guard let number = try Self.number(of: device, in: db) else { return true }
            return try Set(Self.held(by: number, in: db).values) == wanted
        }
        guard !isKnown else { return .kept(abandoned: []) }
        return try await write { db in
            guard let number = try Self.number(of: device, in: db) else { return .kept(abandoned: []) }
            var ids: [Int64] = []
            var missing: [ContentDigest] = []
            for object in objects {
                if let id = try Self.factObject(object, in: db) { ids.append(id) } else { missing.append(object) }
            }
            guard missing.isEmpty else { return .missing(missing) }
            let held = try Self.held(by: number, in: db)
            let insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO fact_holders(object, device) VALUES (?, ?)")
            for id in ids where held[id] == nil { try insert.execute(arguments: [id, number]) }
            var abandoned: [AbandonedObject] = []
            for id in Set(held.keys).subtracting(ids).sorted() {
                try db.cachedStatement(sql: "DELETE FROM fact_holders WHERE object = ? AND device = ?")
                    .execute(arguments: [id, number])
                abandoned += try Self.abandoned(with: id, in: db)
            }
            return .kept(abandoned: abandoned)
        }
    }

    private static func held(by device: Int64, in db: Database) throws -> [Int64: ContentDigest] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT o.id, o.digest FROM fact_holders h INDEXED BY fact_holders_device
                    CROSS JOIN fact_objects o ON o.id = h.object WHERE h.device = ?
                    """), arguments: [device])
        var held: [Int64: ContentDigest] = [:]
        for row in rows { held[try row.value("id")] = try row.digest("digest") }
        return held
    }

    private static func factObject(_ digest: ContentDigest, in db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM fact_objects WHERE digest = ?"), arguments: [digest.stored])
    }

    /// What nobody holds any more when the last device has left `whole`: it, or the shards that it alone is made of.
    private static func abandoned(with whole: Int64, in db: Database) throws -> [AbandonedObject] {
        let held = "SELECT EXISTS (SELECT 1 FROM fact_holders WHERE object = ?)"
        guard try Bool.fetchOne(db.cachedStatement(sql: held), arguments: [whole]) == false else { return [] }
        let parts = try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT part FROM fact_parts WHERE whole = ? AND part <> ? ORDER BY part"),
            arguments: [whole, whole])
        let named = try db.cachedStatement(sql: "SELECT digest, section FROM fact_objects WHERE id = ?")
        func object(_ id: Int64) throws -> AbandonedObject? {
            try Row.fetchOne(named, arguments: [id]).map {
                AbandonedObject(digest: try $0.digest("digest"), section: try $0.value("section"))
            }
        }
        guard !parts.isEmpty else { return try [object(whole)].compactMap(\.self) }
        try db.execute(sql: "DELETE FROM fact_parts WHERE whole = ?", arguments: [whole])
        try db.execute(sql: "DELETE FROM fact_objects WHERE id = ?", arguments: [whole])
        let used = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM fact_parts WHERE part = ? AND whole <> ?)")
        return try parts.compactMap { try Bool.fetchOne(used, arguments: [$0, $0]) == true ? nil : try object($0) }
    }

    /// Keeps the facts of an object.
    package func indexObject(_ object: IndexedObject) async throws {
        try await write { db in
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO fact_objects(digest, section) VALUES (?, ?)")
                .execute(arguments: [object.digest.stored, object.section])
            guard let id = try Self.factObject(object.digest, in: db) else { return }
            let part = try db.cachedStatement(sql: "INSERT OR IGNORE INTO fact_parts(part, whole) VALUES (?, ?)")
            for shard in object.shards ?? [] {
                guard let number = try Self.factObject(shard, in: db) else {
                    throw StoreFailure(.corrupt, "shard \(shard) is not indexed")
                }
                try part.execute(arguments: [number, id])
            }
            if object.shards == nil { try part.execute(arguments: [id, id]) }
            let fact = try db.cachedStatement(
                sql: "INSERT OR IGNORE INTO facts(kind, key, object, label, place) VALUES (?, ?, ?, ?, ?)")
            for item in object.facts {
                try fact.execute(arguments: [item.kind.rawValue, item.stored, id, item.label, item.place])
            }
        }
    }

    /// Those that are indexed.
    package func indexed(_ objects: [ContentDigest]) async throws -> Set<ContentDigest> {
        try await read { db in Set(try objects.filter { try Self.factObject($0, in: db) != nil }) }
    }

    /// Forgets the facts of an object that nobody holds.
    package func dropObject(_ object: IndexedObject) async throws {
        try await write { db in
            guard let id = try Self.factObject(object.digest, in: db) else { return }
            let isHeld = """
                SELECT EXISTS (SELECT 1 FROM fact_holders WHERE object = ?)
                    OR EXISTS (SELECT 1 FROM fact_parts WHERE part = ? AND whole <> ?)
                """
            guard try Bool.fetchOne(db, sql: isHeld, arguments: [id, id, id]) == false else { return }
            let fact = try db.cachedStatement(sql: "DELETE FROM facts WHERE kind = ? AND key = ? AND object = ?")
            for item in object.facts { try fact.execute(arguments: [item.kind.rawValue, item.stored, id]) }
            try db.execute(sql: "DELETE FROM fact_parts WHERE part = ?", arguments: [id])
            try db.execute(sql: "DELETE FROM fact_objects WHERE id = ?", arguments: [id])
        }
    }

    /// Keys that are or begin with a text.
    package func factMatches(_ kind: FactKind, _ key: FactKey, limit: Int) async throws -> [FactMatch] {
        let range = key.range(of: kind)
        return try await read { db in
            let next = try db.cachedStatement(
                sql: """
                    SELECT key, label FROM facts WHERE kind = ? AND key >= ? AND key < ? ORDER BY key, object LIMIT 1
                    """)
            var matches: [FactMatch] = []
            var start = range.lower
            // From key to key: one that many objects hold costs one step, like any other.
            while matches.count < limit,
                let row = try Row.fetchOne(next, arguments: [kind.rawValue, start, range.upper])
            {
                let key: Data = try row.value("key")
                start = key + [0]
                // Its objects may have been left by every device.
                let holders = try Self.holders(kind, key, in: db)
                guard holders > 0 else { continue }
                matches.append(
                    FactMatch(
                        kind: kind, key: kind.text(of: key), label: try row.value("label"),
                        holders: min(holders, SearchLimits.holders), hasMore: holders > SearchLimits.holders))
            }
            return matches
        }
    }

    private static let path = """
        FROM facts f CROSS JOIN fact_parts p ON p.part = f.object CROSS JOIN fact_holders h ON h.object = p.whole
        """

    private static func holders(_ kind: FactKind, _ key: Data, in db: Database) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*) FROM (SELECT DISTINCT h.device \(path) WHERE f.kind = ? AND f.key = ? LIMIT ?)
                    """), arguments: [kind.rawValue, key, SearchLimits.holders + 1]) ?? 0
    }

    /// Devices that hold what a key names.
    package func factHolders(
        _ kind: FactKind, key: String, after cursor: FactCursor?, limit: Int
    ) async throws -> (holders: [FactHolder], next: FactCursor?) {
        guard let key = Fact(kind, key).storedKey else { return ([], nil) }
        let start = cursor ?? FactCursor(object: 0, whole: 0, device: 0)
        return try await read { db in
            var holders: [FactHolder] = []
            var last = start
            // One step after the other, each through its index: a join would sort all holders for every page.
            let facts = try Row.fetchCursor(
                db.cachedStatement(
                    sql: """
                        SELECT f.object, f.label, f.place, o.digest FROM facts f
                        CROSS JOIN fact_objects o ON o.id = f.object
                        WHERE f.kind = ? AND f.key = ? AND f.object >= ? ORDER BY f.object
                        """), arguments: [kind.rawValue, key, start.object])
            while holders.count < limit, let fact = try facts.next() {
                let object: Int64 = try fact.value("object")
                let wholes = try Self.wholes(of: object, from: object == start.object ? start.whole : 0, in: db)
                for whole in wholes where holders.count < limit {
                    let isSame = object == start.object && whole == start.whole
                    let rows = try Self.holders(
                        of: whole, after: isSame ? start.device : 0, limit: limit - holders.count, in: db)
                    for row in rows {
                        last = FactCursor(object: object, whole: whole, device: try row.value("number"))
                        holders.append(
                            FactHolder(
                                device: try Device(row: row), object: try fact.digest("digest"),
                                label: try fact.value("label"), place: try fact.value("place")))
                    }
                }
            }
            return (holders, holders.count == limit ? last : nil)
        }
    }

    private static func wholes(of part: Int64, from first: Int64, in db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT whole FROM fact_parts WHERE part = ? AND whole >= ? ORDER BY whole"),
            arguments: [part, first])
    }

    private static func holders(of whole: Int64, after device: Int64, limit: Int, in db: Database) throws -> [Row] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT h.device AS number, \(Device.columns) FROM fact_holders h
                    CROSS JOIN devices ON devices.id = h.device
                    WHERE h.object = ? AND h.device > ? ORDER BY h.device LIMIT ?
                    """), arguments: [whole, device, limit])
    }

    /// Devices whose id begins with some digits: a range of the ids' own index.
    package func devices(withPrefix hex: String, limit: Int) async throws -> [Device] {
        guard let range = Self.digests(from: hex) else { return [] }
        return try await read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM devices WHERE device_id BETWEEN ? AND ? ORDER BY device_id LIMIT ?",
                arguments: [range.first, range.last, limit]
            ).map { try Device(row: $0) }
        }
    }

    /// The first and the last digest that begin with some digits.
    static func digests(from hex: String) -> (first: Data, last: Data)? {
        let digits = hex.lowercased()
        func bound(_ digit: String) -> Data? {
            ContentDigest("sha256:" + digits + String(repeating: digit, count: max(0, 64 - digits.utf8.count)))?.stored
        }
        guard let first = bound("0"), let last = bound("f") else { return nil }
        return (first, last)
    }

    /// Findings whose id begins with a text.
    package func findings(withPrefix prefix: String, limit: Int) async throws -> [StoredFinding] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT f.*, d.device_id FROM findings f JOIN devices d ON d.id = f.device
                    WHERE f.finding_id >= ? AND f.finding_id < ? ORDER BY f.finding_id LIMIT ?
                    """, arguments: [prefix, prefix + "\u{10ffff}", limit]
            ).map { try StoredFinding(row: $0) }
        }
    }
}

extension Fact {
    /// The key as the table keeps it.
    fileprivate var stored: Data { storedKey ?? Data() }

    /// The key as the table keeps it: text in UTF-8, the digits of a file's digest as bytes; nil for what is neither.
    fileprivate var storedKey: Data? {
        guard kind == .file else { return Data(key.utf8.prefix(SearchLimits.key)) }
        return SQLiteStore.digests(from: String(key.prefix(SearchLimits.fileDigits)))?.first
            .prefix(SearchLimits.fileDigits / 2)
    }
}

extension FactKind {
    fileprivate func text(of stored: Data) -> String {
        guard self == .file else { return String(decoding: stored, as: UTF8.self) }
        return stored.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension FactKey {
    /// What the keys lie between, the upper end left out.
    fileprivate func range(of kind: FactKind) -> (lower: Data, upper: Data) {
        let (text, isWhole) =
            switch self {
            case .whole(let text): (text, true)
            case .beginning(let text): (text, false)
            }
        var first: Data
        var last: Data
        if kind == .file {
            guard let digests = SQLiteStore.digests(from: String(text.prefix(SearchLimits.fileDigits))) else {
                return (Data(), Data())
            }
            first = digests.first.prefix(SearchLimits.fileDigits / 2)
            last = digests.last.prefix(SearchLimits.fileDigits / 2)
        } else {
            first = Data(text.utf8.prefix(SearchLimits.key))
            // No byte of UTF-8 is 0xff (RFC 3629, 1).
            last = isWhole ? first : first + [0xff]
        }
        return (first, last + [0])
    }
}
