package import AssayModel
internal import AssayReport
internal import AssayStore
internal import Foundation
internal import GRDB

extension SQLiteStore {
    /// How the bytes of an object or a result are kept.
    enum Encoding: Int {
        case plain = 0
        case gzip = 1

        /// The shorter of the two forms; small objects are not worth the attempt.
        static func encode(_ bytes: [UInt8]) throws -> (encoding: Encoding, data: Data) {
            if bytes.count > 128 {
                // Level 6: a first report of 40 KB costs 2 ms once, and equal content is never compressed again.
                let compressed = try GzipWriter.compress(bytes, level: 6)
                if compressed.count < bytes.count { return (.gzip, Data(compressed)) }
            }
            return (.plain, Data(bytes))
        }
    }

    /// An object or a result as the tables hold it.
    struct Stored: Sendable {
        var encoding: Int
        var size: Int
        var data: Data

        /// The bytes, of which there must be `size`.
        func decoded() throws -> [UInt8] {
            switch Encoding(rawValue: encoding) {
            case .plain: return [UInt8](data)
            case .gzip:
                let limits = GzipReader.Limits(size: size, ratio: .max)
                return try GzipReader.decompress([UInt8](data), limits: limits)
            case nil: throw StoreFailure(.corrupt, "content encoding \(encoding)")
            }
        }
    }

    /// Those that are neither kept nor wait with this device, in order.
    package func missing(_ digests: [ContentDigest], for device: ContentDigest) async throws -> [ContentDigest] {
        try await read { db in
            let number = try Self.number(of: device, in: db)
            return try digests.filter { try !Self.isHere($0, for: number, in: db) }
        }
    }

    /// One stored object.
    package func content(_ digest: ContentDigest) async throws -> [UInt8]? {
        let stored = try await read { db in
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT encoding, size, data FROM content WHERE digest = ?"),
                arguments: [digest.stored]
            ).map { try Stored(encoding: $0.value("encoding"), size: $0.value("size"), data: $0.value("data")) }
        }
        return try stored?.decoded()
    }
}
