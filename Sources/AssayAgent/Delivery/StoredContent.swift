package import AssayModel
internal import AssayReport

/// One object that a collector can ask for, and where its bytes are.
package struct StoredContent: Sendable, Hashable {
    enum Place: Sendable, Hashable {
        /// The whole of a file.
        case file(String)
        /// The lines of a file that its map puts into one shard.
        case shard(Int, of: Int, content: String, map: String)
    }

    /// SHA-256 of the bytes.
    package let digest: ContentDigest
    /// Number of bytes.
    package let size: Int
    let place: Place

    /// Starts to read the bytes.
    package func reader() throws -> StoredContentReader { try StoredContentReader(self) }
}

/// Reads one object piece by piece and checks at its end that it is what it was.
package final class StoredContentReader {
    private static let pieceSize = 64 << 10

    private let object: StoredContent
    private let content: StateFile
    private let map: StateFile?
    private var contentOffset = 0
    private var mapOffset = 0
    private var lines: ArraySlice<UInt8> = []
    private var produced = 0
    private var hash = StreamingDigest()

    init(_ object: StoredContent) throws {
        self.object = object
        switch object.place {
        case .file(let path):
            content = try Self.open(path)
            map = nil
        case .shard(_, _, let path, let mapPath):
            content = try Self.open(path)
            map = try Self.open(mapPath)
        }
    }

    /// The next bytes; nil at the end.
    package func next() throws -> [UInt8]? {
        let piece: [UInt8]
        if case .shard(let number, let count, _, _) = object.place, let map {
            piece = try nextLines(of: number, count, map)
        } else {
            piece = try content.read(count: min(Self.pieceSize, object.size - produced), at: produced)
        }
        produced += piece.count
        guard !piece.isEmpty else {
            guard produced == object.size, hash.finish() == object.digest else {
                throw StateFailure(.damaged, path: content.path, "content is not what was signed")
            }
            return nil
        }
        guard produced <= object.size else {
            throw StateFailure(.damaged, path: content.path, "content is longer than what was signed")
        }
        hash.update(piece)
        return piece
    }

    private func nextLines(of shard: Int, _ count: Int, _ map: StateFile) throws -> [UInt8] {
        var piece: [UInt8] = []
        while piece.count < Self.pieceSize {
            if lines.count < 4 {
                lines = try map.read(count: Self.pieceSize, at: mapOffset)[...]
                mapOffset += lines.count
                guard lines.count >= 4 else { break }
            }
            let length = lines.withUnsafeBytes { Int($0.loadUnaligned(as: UInt32.self).littleEndian) & 0xff_ffff }
            let bucket = lines[lines.startIndex + 3]
            lines = lines.dropFirst(4)
            if Int(bucket) % count == shard {
                let line = try content.read(count: length, at: contentOffset)
                guard line.count == length else {
                    throw StateFailure(.damaged, path: content.path, "content is shorter than what was signed")
                }
                piece += line
            }
            contentOffset += length
        }
        return piece
    }

    private static func open(_ path: String) throws -> StateFile {
        guard let file = try StateFile(reading: path) else {
            throw StateFailure(.damaged, path: path, "content is gone")
        }
        return file
    }
}
