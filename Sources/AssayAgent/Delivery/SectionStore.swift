package import AssayModel
package import AssayReport

/// The content of sections that a collector may still ask for, by digest.
///
/// A whole section is `<hex>.jsonl`. A split one has beside it `<hex>.index`, whose SHA-256 the name is, and
/// `<hex>.map` with four bytes a line: the bucket and the length, from which any one shard is read without reading the
/// others. The `.jsonl` file gets its name last, so that its presence says that the others are complete. An empty
/// `<hex>.known` says that the collector has the section already: recorded again, it is let go before it reaches the
/// medium, so that an unchanged device does not wear its flash out.
package struct SectionStore: Sendable {
    private let directory: String
    private let files: any StateFiles

    /// The store in `directory`.
    package init(directory: String, files: any StateFiles) {
        self.directory = directory
        self.files = files
    }

    /// Starts to take the lines of a section.
    package func begin(_ name: SectionName) throws -> SectionRecording {
        try SectionRecording(name, directory: directory, files: files)
    }

    /// Everything that a collector can ask for of these sections, as far as it is here.
    package func catalog(of sections: [String: SectionDescriptor]) throws -> ContentCatalog {
        var catalog = ContentCatalog()
        for (name, section) in sections.sorted(by: { $0.key < $1.key }) {
            let path = path(section.digest, "jsonl")
            guard try files.size(path) == section.size else { continue }
            guard section.shards != nil else {
                catalog.add(.init(digest: section.digest, size: section.size, place: .file(path)))
                continue
            }
            let indexPath = self.path(section.digest, "index")
            guard let bytes = try files.read(indexPath, limit: SectionSplit.objectLimit) else { continue }
            // A damaged index is as good as none: the report cannot be completed, and nothing else depends on it.
            guard .sha256(of: bytes) == section.digest,
                let index = try? SectionIndex(parsing: bytes, of: name, as: section)
            else { continue }
            catalog.add(.init(digest: section.digest, size: bytes.count, place: .file(indexPath)))
            let map = self.path(section.digest, "map")
            for (number, shard) in index.shards.enumerated() {
                let place = StoredContent.Place.shard(number, of: index.shards.count, content: path, map: map)
                catalog.add(.init(digest: shard.digest, size: shard.size, place: place))
            }
        }
        return catalog
    }

    /// Number of bytes that the section takes here; 0 when it is not here.
    package func size(of section: ContentDigest) throws(StateFailure) -> Int {
        var size = 0
        for suffix in Self.suffixes { size += try files.size(path(section, suffix)) ?? 0 }
        return size
    }

    /// Removes every section but these, and what an interrupted recording left behind.
    package func prune(keeping digests: Set<ContentDigest>) throws(StateFailure) {
        let kept = Set(digests.map(\.hex))
        for name in try files.list(directory) where !name.hasSuffix(".known") {
            guard !kept.contains(String(name.prefix { $0 != "." })) else { continue }
            try files.remove("\(directory)/\(name)")
        }
    }

    /// Notes which sections the collector has, in place of those noted before.
    func note(known digests: Set<ContentDigest>) throws(StateFailure) {
        let names = Set(digests.map { $0.hex + ".known" })
        let noted = try files.list(directory).filter { $0.hasSuffix(".known") }
        for name in noted where !names.contains(name) { try files.remove("\(directory)/\(name)") }
        for name in names.subtracting(noted).sorted() { try files.write([], to: "\(directory)/\(name)") }
    }

    private static let suffixes = ["jsonl", "index", "map"]

    private func path(_ digest: ContentDigest, _ suffix: String) -> String { "\(directory)/\(digest.hex).\(suffix)" }
}

/// What of some sections is here, by the digest that a collector names it with.
package struct ContentCatalog: Sendable {
    private var objects: [ContentDigest: StoredContent] = [:]

    init() {}

    mutating func add(_ object: StoredContent) { objects[object.digest] = object }

    /// The object with this digest; nil when it is not here.
    package subscript(digest: ContentDigest) -> StoredContent? { objects[digest] }
}
