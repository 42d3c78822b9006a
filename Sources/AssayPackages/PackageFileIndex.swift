package import AssayHost
package import AssayModel

/// Which package owns a path, and what that package's manifest says of its content.
///
/// Built once for a scan and then only read, from any thread. Holds no path texts: each path is one keyed 64-bit hash,
/// so that a file costs 16 bytes, and 16 more where the manifest states an MD5. A path that nobody owns is taken for
/// an owned one with a chance of one in 10¹⁴, and since the key is made anew in every process, nobody can prepare such
/// a path.
///
/// Paths are absolute below the root. Where `/lib` is a symbolic link to `usr/lib` (merged /usr), `/lib/x` and
/// `/usr/lib/x` are one path, whichever the package lists and whichever is asked for.
package struct PackageFileIndex: Sendable {
    /// What is known of one path.
    package struct Entry: Sendable, Hashable {
        /// Number of the owning package, for ``PackageFileIndex/purl(of:)``.
        package var package: Int
        /// Digest that the package's manifest states for the content; nil when it states none.
        package var digest: ManifestDigest?
        /// Whether the package declares the file as configuration, which an administrator may change.
        package var isConfiguration: Bool
    }

    /// One path: 16 bytes.
    struct Record {
        var key: UInt64
        /// Package number; the highest bit marks configuration.
        var package: UInt32
        /// First word in the pool, shifted left by two, and the algorithm; 0 without a digest.
        var digest: UInt32
    }

    static let configurationBit: UInt32 = 1 << 31

    private let records: [Record]
    private let pool: [UInt64]
    private let purls: [String]
    private let aliases: PathAliases

    init(records: [Record], pool: [UInt64], purls: [String], aliases: PathAliases) {
        self.records = records
        self.pool = pool
        self.purls = purls
        self.aliases = aliases
    }

    /// An index that knows no package.
    package static let empty = PackageFileIndex(records: [], pool: [], purls: [], aliases: PathAliases())

    /// Reads the file lists of every known package database below `root`.
    package static func build(root: HostRoot) -> (index: PackageFileIndex, gaps: [Gap]) {
        var builder = Builder(aliases: PathAliases(root: root))
        var gaps: [Gap] = []
        for reader in PackageCatalog.all { gaps += reader.addFiles(of: root, to: &builder) }
        return (builder.finish(), gaps)
    }

    /// Number of paths.
    package var count: Int { records.count }

    /// purl of a package of this index.
    package func purl(of package: Int) -> String? {
        purls.indices.contains(package) ? purls[package] : nil
    }

    /// What is known of a path, given as its bytes; nil when no package owns it.
    package func lookup(_ path: UnsafeRawBufferPointer) -> Entry? {
        let key = aliases.key(of: path)
        let index = records.firstIndex(ofKey: key, in: 0..<records.count)
        guard index < records.count, records[index].key == key else { return nil }
        let record = records[index]
        return Entry(
            package: Int(record.package & ~Self.configurationBit), digest: digest(record.digest),
            isConfiguration: record.package & Self.configurationBit != 0)
    }

    /// What is known of a path; nil when no package owns it.
    package func lookup(_ path: String) -> Entry? {
        var path = path
        return path.withUTF8 { lookup(UnsafeRawBufferPointer($0)) }
    }

    private func digest(_ reference: UInt32) -> ManifestDigest? {
        guard let algorithm = ManifestDigest.Algorithm(rawValue: reference & 3) else { return nil }
        let first = Int(reference >> 2)
        switch algorithm {
        case .md5: return ManifestDigest(algorithm: .md5, words: (pool[first], pool[first + 1], 0, 0))
        case .sha256:
            return ManifestDigest(
                algorithm: .sha256, words: (pool[first], pool[first + 1], pool[first + 2], pool[first + 3]))
        }
    }
}
