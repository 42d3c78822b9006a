internal import AssayBytes
package import AssayHost
internal import AssayModel

/// Reads dpkg's database: `status`, and the `status.d` folder of images without a package manager.
package struct DpkgReader: PackageDatabaseReader {
    /// Lower-case path that names the reader for good.
    package static let id = "packages/dpkg"

    static let statusPath = "/var/lib/dpkg/status"
    static let statusFolder = "/var/lib/dpkg/status.d"
    /// Largest status file in bytes; that of a desktop with 3,000 packages has four million.
    static let statusLimit = 256 << 20

    private let packageLimit: Int

    /// A reader of as many packages as any system has.
    package init() { self.init(packageLimit: 100_000) }

    /// A reader that stops after `packageLimit` paragraphs of all files together.
    init(packageLimit: Int) { self.packageLimit = packageLimit }

    /// The installed packages below `root`.
    package func read(_ root: HostRoot) -> PackageInventory {
        let distribution = DpkgDistribution(OSReleaseReader.read(root).system)
        var packages: [String: Package] = [:]
        var gaps = GapCollector(reader: Self.id)
        forEachRecord(of: root, keepsConfigurationFiles: false, &gaps) { record, path, gaps in
            guard record.hasFiles, let package = distribution.package(record, database: path) else { return }
            let key = package.purl + "\0" + path
            if packages.updateValue(package, forKey: key) != nil {
                gaps.add(.malformed, path, "\(package.purl) is listed twice, last at line \(record.line)")
            }
        }
        return PackageInventory(packages: Array(packages.values), gaps: gaps.finish())
    }

    /// Hands every usable paragraph to `body`, with the path of the file it stands in.
    func forEachRecord(
        of root: HostRoot, keepsConfigurationFiles: Bool, _ gaps: inout GapCollector,
        _ body: (DpkgRecord, String, inout GapCollector) -> Void
    ) {
        var scanner = LineScanner()
        var count = 0
        for path in statusFiles(root, &gaps) {
            let isImage = path != Self.statusPath
            var parser = DpkgStatusParser(keepsConfigurationFiles: keepsConfigurationFiles)
            func use(_ record: DpkgRecord) {
                count += 1
                guard count <= packageLimit else {
                    if count == packageLimit + 1 {
                        gaps.add(.tooLarge, path, "more than \(packageLimit) paragraphs, the others are not read")
                    }
                    return
                }
                var record = record
                // Files of an image's folder describe what is in the image and mostly have no Status.
                if isImage { record.status = record.status ?? "install ok installed" }
                if Self.isUsable(record, path, &gaps) { body(record, path, &gaps) }
            }
            do throws(HostFailure) {
                guard let file = try root.open(path) else { continue }
                try scanner.scan(file, limit: Self.statusLimit) { line, isWhole in
                    if let record = parser.take(line, isWhole: isWhole) { use(record) }
                }
            } catch {
                gaps.add(error)
            }
            if let record = parser.finish() { use(record) }
        }
    }

    private func statusFiles(_ root: HostRoot, _ gaps: inout GapCollector) -> [String] {
        var paths = [Self.statusPath]
        do throws(HostFailure) {
            for entry in try root.list(Self.statusFolder) ?? []
            where entry.kind != .directory && !entry.name.hasSuffix(".md5sums") {
                paths.append(Self.statusFolder + "/" + entry.name)
            }
        } catch {
            gaps.add(error)
        }
        return paths
    }

    /// Whether the paragraph names a package in a way that can be reported; when not, says why.
    private static func isUsable(_ record: DpkgRecord, _ path: String, _ gaps: inout GapCollector) -> Bool {
        if let fault = record.fault { gaps.add(.malformed, path, "paragraph at line \(record.line): \(fault)") }
        let reason: String
        if record.name ?? "" == "" {
            reason = "has no Package"
        } else if !DpkgRecord.isName(record.name ?? "") {
            reason = "has an illegal package name"
        } else if let architecture = record.architecture, !DpkgRecord.isArchitecture(architecture) {
            reason = "has an illegal architecture"
        } else if record.status == nil {
            reason = "has no Status"
        } else if record.version ?? "" == "", record.hasFiles {
            reason = "has no Version"
        } else {
            return true
        }
        gaps.add(.malformed, path, "paragraph at line \(record.line) \(reason) and was skipped")
        return false
    }
}

/// Who distributes the packages, for their purls.
struct DpkgDistribution: Sendable {
    private let namespace: [String]
    private let release: String?

    init(_ system: OperatingSystem?) {
        namespace = system.map { [$0.id] } ?? []
        release = system.flatMap { system in
            (system.versionID ?? system.codename).map { system.id + "-" + $0 }
        }
    }

    /// purl of a paragraph (purl type `deb`).
    func purl(_ record: DpkgRecord) -> String? {
        guard let name = record.name, let version = record.version, !version.isEmpty else { return nil }
        var qualifiers: [String: String] = [:]
        qualifiers["arch"] = record.architecture
        qualifiers["distro"] = release
        if let source = record.sourcePackage {
            let upstream = source.version.map { source.name + "@" + $0 } ?? source.name
            if upstream != name { qualifiers["upstream"] = upstream }
        }
        return PackageURL(
            type: "deb", namespace: namespace, name: name.lowercased(), version: version, qualifiers: qualifiers
        ).description
    }

    /// The package that a paragraph describes.
    func package(_ record: DpkgRecord, database: String) -> Package? {
        guard let name = record.name, let version = record.version, let purl = purl(record) else { return nil }
        var package = Package(type: "deb", name: name, version: version, purl: purl, database: database)
        package.architecture = record.architecture
        package.source = record.sourcePackage?.name
        package.sourceVersion = record.sourcePackage?.version
        package.supplier = record.maintainer.flatMap(DeviceText.normalize)
        package.state = record.state
        return package
    }
}
