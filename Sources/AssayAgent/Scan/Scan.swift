package import AssayFiles
internal import AssayHost
package import AssayModel
internal import AssayPackages
internal import AssayProbes
internal import AssayReport

/// Reads a device: hardware and firmware, then packages, then files, which stream by.
///
/// The way of every fact into a document, a report or a verdict begins here; nothing of the device is read elsewhere.
package struct Scan: Sendable {
    /// What to read.
    package let root: ScanRoot
    /// How to read it.
    package let options: ScanOptions
    /// How far the files are.
    package let progress = FileScanProgress()
    /// Told about the cache when it was of no use; nothing that the inventory misses.
    package var notice: @Sendable (String) -> Void = { _ in }

    /// A scan of `root`.
    package init(root: ScanRoot, options: ScanOptions = ScanOptions()) {
        self.root = root
        self.options = options
    }

    /// Carries the scan out on the calling thread, which may block for as long as files are read.
    ///
    /// - Parameters:
    ///   - begin: Called once, before the first file, with everything but files and their gaps.
    ///   - file: Called for every file in the order of the path's bytes, with its canonical JSON.
    /// - Returns: Everything but the files, all gaps included.
    /// - Throws: What `begin` or `file` throw; reading itself leaves gaps and never throws.
    package func run(
        begin: (InventorySnapshot) throws -> Void = { _ in }, file: FileScan.Sink = { _, _ in }
    ) throws -> InventorySnapshot {
        var inventory = hardware()
        if options.wants(.packages) || options.wants(.platform) { readPackages(into: &inventory) }
        try begin(inventory)
        if options.wants(.files) { inventory.gaps += try readFiles(file) }
        inventory.gaps = Self.ordered(inventory.gaps)
        return inventory
    }

    private func hardware() -> InventorySnapshot {
        guard options.wantsHardware else { return InventorySnapshot() }
        let context = ProbeContext(root: root.host, mayOpenDeviceNodes: options.mayOpenDeviceNodes)
        let output = ProbeRunner().run(context)
        return InventorySnapshot(
            device: output.device, components: output.components, firmware: output.firmware, boot: output.boot,
            kernel: output.kernel, gaps: output.gaps)
    }

    private func readPackages(into inventory: inout InventorySnapshot) {
        let (system, gaps) = OSReleaseReader.read(root.host)
        inventory.device.operatingSystem = system
        inventory.gaps += gaps
        guard options.wants(.packages) else { return }
        let all = PackageCatalog.all.map { $0.read(root.host) }
        inventory.packages = all.flatMap(\.packages).sorted { ($0.purl, $0.database) < ($1.purl, $1.database) }
        inventory.gaps += all.flatMap(\.gaps)
    }

    private func readFiles(_ file: FileScan.Sink) throws -> [Gap] {
        var files = options.files
        // In a recorded tree these are plain folders, which nothing but their name tells from files of the device.
        if !root.host.isLive { files.exclusions += Self.pseudoFileSystems }
        let (index, gaps) = PackageFileIndex.build(root: root.host)
        let result = try FileScan.run(
            root: root.host, options: files, packages: index, progress: progress, sink: file)
        for sentence in result.notices { notice(sentence) }
        return gaps + result.gaps
    }

    private static let pseudoFileSystems = ["/dev", "/proc", "/run", "/sys"].map {
        ExclusionRule($0, reason: "pseudo file system of the recorded machine")
    }

    /// Orders gaps as documents and sections list them, each stated once.
    static func ordered(_ gaps: [Gap]) -> [Gap] {
        Set(gaps).sorted {
            ($0.probe, $0.path, $0.kind.rawValue, $0.detail) < ($1.probe, $1.path, $1.kind.rawValue, $1.detail)
        }
    }
}
