package import AssayHost
package import AssayModel

extension DpkgReader {
    /// Adds the paths of every package, with the digests of `*.md5sums` and `Conffiles`.
    ///
    /// Damage in the status files themselves is a gap of ``read(_:)`` and not repeated here.
    package func addFiles(of root: HostRoot, to builder: inout PackageFileIndex.Builder) -> [Gap] {
        var gaps = GapCollector(reader: Self.id)
        let distribution = DpkgDistribution(OSReleaseReader.read(root).system)
        var files = DpkgFileLists(root: root, &gaps)
        files.addDiversions(to: &builder, &gaps)
        var known = GapCollector(reader: Self.id)
        forEachRecord(of: root, keepsConfigurationFiles: true, &known) { record, path, _ in
            // A removed package still owns the configuration files that it left behind.
            guard record.hasFiles || record.hasOnlyConfiguration, let purl = distribution.purl(record) else { return }
            files.add(record, purl: purl, database: path, to: &builder, &gaps)
        }
        files.noteMissing(&gaps)
        return gaps.finish()
    }
}
