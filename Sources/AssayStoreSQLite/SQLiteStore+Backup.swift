internal import AssayModel
internal import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Copies the database with SQLite's online backup into a new file of mode 0600, and puts `files` into a table of it.
    package func backUp(to path: String, with files: [String: String]) async throws {
        try NewFile.write(path) { temporary in
            let target = try DatabaseQueue(path: temporary)
            try database.backup(to: target)
            // A copy that names a WAL file which is not there would be a puzzle; it becomes one plain file.
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try target.write { db in
                try db.execute(sql: "CREATE TABLE state_files(name TEXT PRIMARY KEY, content TEXT NOT NULL)")
                for (name, content) in files.sorted(by: { $0.key < $1.key }) {
                    try db.execute(
                        sql: "INSERT INTO state_files(name, content) VALUES (?, ?)", arguments: [name, content])
                }
            }
            try target.close()
            let time = Data(String(Timestamp.now.milliseconds).utf8)
            try database.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO settings(name, value) VALUES (?, ?)
                        ON CONFLICT(name) DO UPDATE SET value = excluded.value
                        """, arguments: [Self.backupSetting, time])
            }
        }
    }

    /// Where the time of the last backup is kept.
    static let backupSetting = "backed-up-at"

    /// Makes a database of a backup and returns the files that were attached to it.
    package static func restore(from backup: String, to path: String) throws -> [String: String] {
        var configuration = Configuration()
        configuration.readonly = true
        let source: DatabaseQueue
        let files: [String: String]
        do {
            source = try DatabaseQueue(path: backup, configuration: configuration)
            files = try source.read { db in
                var files: [String: String] = [:]
                for row in try Row.fetchAll(db, sql: "SELECT name, content FROM state_files") {
                    files[try row.value("name")] = try row.value("content")
                }
                return files
            }
        } catch let error as DatabaseError {
            throw StoreFailure(.corrupt, "\(backup) is not a backup: \(error.message ?? "unreadable")")
        }
        try NewFile.write(path) { temporary in
            let target = try DatabaseQueue(path: temporary)
            try source.backup(to: target)
            try target.write { try $0.execute(sql: "DROP TABLE state_files") }
            try target.close()
        }
        return files
    }
}

/// A database file that appears under its name once it is whole and on disk.
private enum NewFile {
    /// Lets `fill` write a temporary file of mode 0600 beside `path`; whatever fails leaves nothing behind.
    static func write(_ path: String, _ fill: (String) throws -> Void) throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw StoreFailure(.exists, "\(path) exists") }
        let temporary = path + ".partial"
        for leftover in [temporary, temporary + "-journal"] { unlink(leftover) }
        let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("cannot create \(path)") }
        defer { close(descriptor) }
        do {
            try fill(temporary)
            guard fsync(descriptor) == 0 else { throw failure("cannot write \(path)") }
            guard rename(temporary, path) == 0 else { throw failure("cannot create \(path)") }
        } catch {
            for leftover in [temporary, temporary + "-journal"] { unlink(leftover) }
            guard let error = error as? DatabaseError else { throw error }
            throw StoreFailure(.inputOutput, "cannot write \(path): \(error.words)")
        }
        syncFolder(of: path)
    }

    private static func syncFolder(of path: String) {
        let parent = (path as NSString).deletingLastPathComponent
        let folder = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private static func failure(_ what: String) -> StoreFailure {
        StoreFailure(errno == EEXIST ? .exists : .inputOutput, "\(what): \(String(cString: strerror(errno)))")
    }
}
