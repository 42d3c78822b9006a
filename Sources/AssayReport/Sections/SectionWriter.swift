internal import AssayModel
internal import Crypto

/// Takes the lines of one section in order and hashes, counts and shards them as they come.
///
/// Memory is that of 321 hash states, whatever the section holds; keeping the lines is the caller's part.
package struct SectionWriter {
    /// One line as it was taken.
    package struct Line: Sendable, Hashable {
        /// The canonical JSON and its line feed.
        package var bytes: [UInt8]
        /// First byte of the SHA-256 of the line's key; see ``SectionSplit``.
        package var bucket: UInt8
    }

    /// Name of the section.
    package let name: String
    /// Lines taken so far.
    package private(set) var lines = 0
    /// Bytes taken so far.
    package private(set) var size = 0

    private var whole = ShardHashes(count: 1)
    private var few = ShardHashes(count: 64)
    private var many = ShardHashes(count: 256)

    /// Starts a section.
    package init(_ name: SectionName) { self.name = name.rawValue }

    /// Appends one fact; lines must come sorted by the section's key.
    @discardableResult package mutating func append(_ value: some Encodable, key: String) throws -> Line {
        try append(line: try CanonicalJSON.encode(value), key: Array(key.utf8))
    }

    /// Appends the canonical JSON of one fact, given without its line feed.
    @discardableResult package mutating func append(
        line: [UInt8], key: some Sequence<UInt8>
    ) throws(ReportFailure) -> Line {
        guard line.count < SectionSplit.lineLimit else {
            throw ReportFailure(.tooLarge, "a line of \(line.count) bytes in section \(name)")
        }
        let line = Line(bytes: line + [UInt8(ascii: "\n")], bucket: SectionSplit.bucket(ofKey: key))
        lines += 1
        size += line.bytes.count
        // Which split applies is known at the end only; a split that is out of reach already costs nothing more.
        let reached = SectionSplit.shards(lines: lines, size: size)
        if reached == nil { whole.update(line) }
        if reached != 256 { few.update(line) }
        many.update(line)
        return line
    }

    /// Ends the section.
    package consuming func finish() throws -> WrittenSection {
        guard let count = SectionSplit.shards(lines: lines, size: size) else {
            let digest = whole.finish()[0].digest
            return WrittenSection(
                name: name, descriptor: SectionDescriptor(digest: digest, lines: lines, size: size), index: nil)
        }
        let index = SectionIndex(section: name, shards: (count == 64 ? few : many).finish())
        if let largest = index.shards.map(\.size).max(), largest > SectionSplit.objectLimit {
            throw ReportFailure(.tooLarge, "a shard of \(largest) bytes in section \(name)")
        }
        let bytes = try index.encoded()
        return WrittenSection(
            name: name,
            descriptor: SectionDescriptor(digest: .sha256(of: bytes), lines: lines, size: size, shards: count),
            index: bytes)
    }
}

/// What a finished section turned out to be.
package struct WrittenSection: Sendable, Hashable {
    /// Name of the section.
    package var name: String
    /// What the report says of it.
    package var descriptor: SectionDescriptor
    /// Bytes of the index when the section is split.
    package var index: [UInt8]?

    /// Describes a finished section.
    package init(name: String, descriptor: SectionDescriptor, index: [UInt8]?) {
        self.name = name
        self.descriptor = descriptor
        self.index = index
    }
}

/// The hashes and counts of a fixed number of shards.
private struct ShardHashes {
    private var hashes: [SHA256]
    private var lines: [Int]
    private var sizes: [Int]

    init(count: Int) {
        hashes = (0..<count).map { _ in SHA256() }
        lines = Array(repeating: 0, count: count)
        sizes = Array(repeating: 0, count: count)
    }

    mutating func update(_ line: SectionWriter.Line) {
        let shard = Int(line.bucket) % hashes.count
        line.bytes.withUnsafeBytes { hashes[shard].update(bufferPointer: $0) }
        lines[shard] += 1
        sizes[shard] += line.bytes.count
    }

    func finish() -> [SectionIndex.Shard] {
        hashes.indices.map {
            SectionIndex.Shard(
                digest: ContentDigest(bytes: hashes[$0].finalize()), lines: lines[$0], size: sizes[$0])
        }
    }
}
