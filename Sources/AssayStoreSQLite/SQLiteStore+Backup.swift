internal import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// Copies the database with SQLite's online backup into a new file of mode 0600.
    package func backUp(to path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else { throw StoreFailure(.exists, "\(path) exists") }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw StoreFailure(.inputOutput, "cannot create \(path)") }
        let target = try DatabaseQueue(path: path)
        try database.backup(to: target)
        // A copy that names a WAL file which is not there would be a puzzle; it becomes one plain file.
        try await target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        try target.close()
    }

    /// Puts texts of further files into a backup.
    package static func attach(files: [String: String], to path: String) throws {
        let target = try DatabaseQueue(path: path)
        try target.write { db in
            try db.execute(sql: "CREATE TABLE state_files(name TEXT PRIMARY KEY, content TEXT NOT NULL)")
            for (name, content) in files.sorted(by: { $0.key < $1.key }) {
                try db.execute(
                    sql: "INSERT INTO state_files(name, content) VALUES (?, ?)", arguments: [name, content])
            }
        }
        try target.close()
    }

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
                    files[row["name"]] = row["content"]
                }
                return files
            }
        } catch let error as DatabaseError {
            throw StoreFailure(.corrupt, "\(backup) is not a backup: \(error.message ?? "unreadable")")
        }
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw StoreFailure(.inputOutput, "cannot create \(path)") }
        let target = try DatabaseQueue(path: path)
        try source.backup(to: target)
        try target.write { try $0.execute(sql: "DROP TABLE state_files") }
        try target.close()
        return files
    }
}
