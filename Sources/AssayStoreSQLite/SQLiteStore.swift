package import AssayModel
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
        var content: [ContentDigest]?
    }

    /// Opens the database at `path`, creates it with mode 0600 when it is not there, and brings its tables up to date.
    package convenience init(path: String) throws {
        // SQLite gives its journals the mode of the database.
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
        do {
            let pool = try DatabasePool(path: path, configuration: Self.configuration())
            // GRDB sets NORMAL when it switches to WAL; a commit must survive a power cut, so every one is synced.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try self.init(database: pool)
        } catch let error as DatabaseError {
            throw StoreFailure(.unusable, "database \(path) cannot be opened: \(error.words)")
        }
    }

    /// A database that lives in memory.
    package static func inMemory() throws -> SQLiteStore {
        try SQLiteStore(database: DatabaseQueue(configuration: configuration()))
    }

    private init(database: any DatabaseWriter) throws {
        self.database = database
        acceptQueue = GroupCommit { requests in
            try await Self.translating {
                try await database.write { db in try Self.accept(requests, in: db) }
            }
        }
        try Schema.migrator.migrate(database)
    }

    private static func accept(_ requests: [AcceptRequest], in db: Database) throws -> [Acceptance] {
        try requests.map { try accept($0.report, content: $0.content, in: db) }
    }

    /// Reads in a transaction, on a thread of the database.
    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        let database = database
        return try await Self.translating { try await database.read(body) }
    }

    /// Writes in a transaction, on a thread of the database.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        let database = database
        return try await Self.translating { try await database.write(body) }
    }

    /// Gives SQLite's failures the store's words.
    private static func translating<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch let error as DatabaseError { throw failure(error) }
    }

    private static func failure(_ error: DatabaseError) -> StoreFailure {
        let code: StoreFailure.Code =
            switch error.resultCode {
            case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_BUSY,
                .SQLITE_LOCKED, .SQLITE_NOMEM:
                .inputOutput
            // Anything else comes again with every attempt: the file or the program is at fault.
            default: .corrupt
            }
        return StoreFailure(code, "database: \(error.words)")
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
    package func accept(_ report: ReportArrival, content: [ContentDigest]?) async throws -> Acceptance {
        try await acceptQueue.submit(AcceptRequest(report: report, content: content))
    }

    /// Commits a row, so that a full disk or a read-only file system shows.
    package func checkWritable() async throws {
        let now = Timestamp.now.milliseconds
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO settings(name, value) VALUES ('probe', ?)
                    ON CONFLICT(name) DO UPDATE SET value = excluded.value
                    """, arguments: [String(now)])
        }
    }

    /// A setting, made under the write lock when it is not there.
    package func setting(_ name: String, orElse make: @Sendable () -> [UInt8]) async throws -> [UInt8] {
        let fresh = Data(make())
        return try await write { db in
            let known = try Data.fetchOne(db, sql: "SELECT value FROM settings WHERE name = ?", arguments: [name])
            if let known { return [UInt8](known) }
            try db.execute(sql: "INSERT INTO settings(name, value) VALUES (?, ?)", arguments: [name, fresh])
            return [UInt8](fresh)
        }
    }
}
