package import AssayModel

/// What a report says of one section.
package struct SectionDescriptor: Sendable, Hashable, Codable {
    /// SHA-256 of the section's bytes, or of its index when it is split.
    package var digest: ContentDigest
    /// Number of lines.
    package var lines: Int
    /// Number of bytes of all lines together, line feeds included.
    package var size: Int
    /// Number of shards when it is split; nil when it is whole.
    package var shards: Int?

    /// Describes a section.
    package init(digest: ContentDigest, lines: Int, size: Int, shards: Int? = nil) {
        self.digest = digest
        self.lines = lines
        self.size = size
        self.shards = shards
    }

    /// Whether the counts agree with themselves and with the split rule.
    package var isPlausible: Bool {
        guard lines >= 0, size >= lines, lines > 0 || size == 0 else { return false }
        return shards.map { SectionSplit.shardCounts.contains($0) } ?? true
    }
}
