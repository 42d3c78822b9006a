package import AssayHost
package import AssayModel

extension DpkgReader {
    /// Adds the paths of every package, with the digests of `*.md5sums` and `Conffiles`.
    package func addFiles(of root: HostRoot, to builder: inout PackageFileIndex.Builder) -> [Gap] {
        var gaps = GapCollector(reader: Self.id)
        let distribution = DpkgDistribution(OSReleaseReader.read(root).system)
        var files = DpkgFileLists(root: root, &gaps)
        files.addDiversions(to: &builder, &gaps)
        forEachRecord(of: root, keepsConfigurationFiles: true, &gaps) { record, path, gaps in
            // A removed package still owns the configuration files that it left behind.
            guard record.hasFiles || record.hasOnlyConfiguration, let purl = distribution.purl(record) else { return }
            files.add(record, purl: purl, database: path, to: &builder, &gaps)
        }
        files.noteMissing(&gaps)
        return gaps.finish()
    }
}
