package import AssayHost
package import AssayModel

/// Reads the database of one package manager below a root, without that package manager.
///
/// It never throws and never ends a scan: what cannot be read is a gap beside what can.
package protocol PackageDatabaseReader: Sendable {
    /// Lower-case path that names the reader for good: `packages/dpkg`.
    static var id: String { get }

    /// The installed packages; an empty inventory when the database is not there.
    func read(_ root: HostRoot) -> PackageInventory

    /// Adds the paths that the packages own, with the digests that their manifests state, and returns the gaps.
    func addFiles(of root: HostRoot, to builder: inout PackageFileIndex.Builder) -> [Gap]
}

/// The packages of one database, or of several taken together.
package struct PackageInventory: Sendable, Hashable {
    /// Installed packages, sorted by purl and database.
    package var packages: [Package]
    /// What could not be read, and why.
    package var gaps: [Gap]

    /// An inventory in the order in which it is reported.
    package init(packages: [Package] = [], gaps: [Gap] = []) {
        self.packages = packages.sorted { ($0.purl, $0.database) < ($1.purl, $1.database) }
        self.gaps = gaps
    }
}
