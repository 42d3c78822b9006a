package import AssayStore
internal import Foundation
internal import GRDB

/// The store of one machine: a SQLite database in WAL mode whose commits reach the disk before they are reported.
package final class SQLiteStore: Store {
    /// What reads and writes; a pool on a file, a queue in memory.
    let database: any DatabaseWriter
    private let acceptQueue: GroupCommit<AcceptRequest, Acceptance>

    /// One report on its way into a shared transaction.
    struct AcceptRequest: Sendable {
        var report: ReportArrival
        var contentIsComplete: Bool
    }

    /// Opens the database at `path`, creates it when it is not there, and brings its tables up to date.
    package convenience init(path: String) throws {
        do {
            let pool = try DatabasePool(path: path, configuration: Self.configuration())
            // GRDB sets NORMAL when it switches to WAL; a commit must survive a power cut, so every one is synced.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try self.init(database: pool)
        } catch let error as DatabaseError {
            throw StoreFailure(.unusable, "database \(path): \(error.message ?? "cannot be opened")")
        }
    }

    /// A database that lives in memory.
    package static func inMemory() throws -> SQLiteStore {
        try SQLiteStore(database: DatabaseQueue(configuration: configuration()))
    }

    private init(database: any DatabaseWriter) throws {
        self.database = database
        acceptQueue = GroupCommit { requests in
            try await database.write { db in
                try requests.map { try SQLiteStore.accept($0.report, complete: $0.contentIsComplete, in: db) }
            }
        }
        try Schema.migrator.migrate(database)
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "assay"
        configuration.busyMode = .timeout(10)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        return configuration
    }

    /// Takes a report, together with all others that arrive while a commit is under way.
    package func accept(_ report: ReportArrival, contentIsComplete: Bool) async throws -> Acceptance {
        try await acceptQueue.submit(AcceptRequest(report: report, contentIsComplete: contentIsComplete))
    }

    /// Commits a row, so that a full disk or a read-only file system shows.
    package func checkWritable() async throws {
        let now = Timestamp.now.milliseconds
        try await database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO settings(name, value) VALUES ('probe', ?)
                    ON CONFLICT(name) DO UPDATE SET value = excluded.value
                    """, arguments: [String(now)])
        }
    }

    /// Copies the database with SQLite's online backup into a new file of mode 0600.
    package func backUp(to path: String) async throws {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw StoreFailure(.inputOutput, "cannot create \(path)") }
        let target = try DatabaseQueue(path: path)
        try database.backup(to: target)
        // A copy that names a WAL file which is not there would be a puzzle; it becomes one plain file.
        try await target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try target.close()
    }

    /// A setting, made under the write lock when it is not there.
    package func setting(_ name: String, orElse make: @Sendable () -> [UInt8]) async throws -> [UInt8] {
        let fresh = Data(make())
        return try await database.write { db in
            let known = try Data.fetchOne(db, sql: "SELECT value FROM settings WHERE name = ?", arguments: [name])
            if let known { return [UInt8](known) }
            try db.execute(sql: "INSERT INTO settings(name, value) VALUES (?, ?)", arguments: [name, fresh])
            return [UInt8](fresh)
        }
    }
}
