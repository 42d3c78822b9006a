internal import AssayModel
internal import AssayPackages

/// Who owns a file, and whether its content is what the owner's manifest states.
struct FileOwnership: Sendable {
    private let packages: PackageFileIndex

    /// Asks `packages`.
    init(_ packages: PackageFileIndex) { self.packages = packages }

    /// An answer for one file.
    struct Answer: Sendable, Equatable {
        /// purl of the owning package.
        var package: String?
        /// Agreement with the manifest.
        var manifest: FileEntry.Manifest?

        /// Number that stands for the answer in the cache.
        var fingerprint: UInt64 {
            guard let package else { return 0 }
            var hash = FowlerNollVo()
            hash.combine(package.utf8)
            hash.combine([0])
            hash.combine((manifest?.rawValue ?? "").utf8)
            return hash.value
        }
    }

    /// The entry of `path` in the manifests; nil when no package owns it.
    func entry(of path: [UInt8]) -> PackageFileIndex.Entry? { path.withUnsafeBytes { packages.lookup($0) } }

    /// Compares the digests with an entry; nil when it takes an MD5 that is not there.
    func answer(_ entry: PackageFileIndex.Entry?, digests: ContentDigests) -> Answer? {
        guard let entry else { return Answer() }
        let package = packages.purl(of: entry.package)
        guard let stated = entry.digest else { return Answer(package: package, manifest: .unstated) }
        let actual: ManifestDigest?
        switch stated.algorithm {
        case .md5: actual = ManifestDigest(.md5, bytes: digests.md5)
        case .sha256: actual = ManifestDigest(.sha256, bytes: digests.sha256)
        }
        guard let actual else { return nil }
        if actual == stated { return Answer(package: package, manifest: .matches) }
        return Answer(package: package, manifest: entry.isConfiguration ? .configured : .modified)
    }
}
