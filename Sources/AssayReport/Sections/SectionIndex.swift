package import AssayModel

/// The list of shards of a split section; its canonical JSON is what the section's digest is taken over.
package struct SectionIndex: Sendable, Hashable, Codable {
    /// One shard.
    package struct Shard: Sendable, Hashable, Codable {
        /// SHA-256 of the shard's bytes.
        package var digest: ContentDigest
        /// Number of lines.
        package var lines: Int
        /// Number of bytes.
        package var size: Int

        /// Describes one shard.
        package init(digest: ContentDigest, lines: Int, size: Int) {
            self.digest = digest
            self.lines = lines
            self.size = size
        }
    }

    /// The one version of this form.
    package static let schema = "assay/section-index/v1"

    /// Version of the form.
    package var schema: String
    /// Name of the section.
    package var section: String
    /// Number of lines of all shards together.
    package var lines: Int
    /// The shards in order.
    package var shards: [Shard]

    /// An index over `shards`.
    package init(section: String, shards: [Shard]) {
        schema = Self.schema
        self.section = section
        lines = shards.reduce(0) { $0 &+ $1.lines }
        self.shards = shards
    }

    /// Reads an index that came from elsewhere and checks it against what the report says of the section.
    package init(
        parsing bytes: [UInt8], of section: String, as descriptor: SectionDescriptor
    ) throws(ReportFailure) {
        guard bytes.count <= SectionSplit.objectLimit else { throw ReportFailure(.tooLarge, "section index") }
        do { self = try CanonicalJSON.decode(SectionIndex.self, from: bytes) } catch {
            throw ReportFailure(.malformed, "section index of \(section)")
        }
        guard schema == Self.schema else { throw ReportFailure(.unsupportedSchema, "section index of \(section)") }
        guard self.section == section else { throw ReportFailure(.malformed, "index of another section") }
        guard shards.count == descriptor.shards else { throw ReportFailure(.malformed, "number of shards") }
        let arePlausible = shards.allSatisfy {
            $0.lines >= 0 && $0.size >= $0.lines && $0.size <= SectionSplit.objectLimit
        }
        guard arePlausible, shards.reduce(0, { $0 &+ $1.lines }) == lines, lines == descriptor.lines,
            shards.reduce(0, { $0 &+ $1.size }) == descriptor.size
        else { throw ReportFailure(.malformed, "counts of the index of \(section)") }
    }

    /// The bytes that the digest is taken over and that travel.
    package func encoded() throws -> [UInt8] { try CanonicalJSON.encode(self) }
}
