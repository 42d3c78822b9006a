package import AssayModel
internal import AssayReport
internal import AssayRules

/// Judges this unit with the same rules as the collector, without one.
package struct Verification: Sendable {
    private let profile: HardwareProfile?
    private let record: AsBuiltRecord?

    /// Takes the records that set the expectations; either may be absent.
    package init(profile: HardwareProfile?, record: AsBuiltRecord?) {
        self.profile = profile
        self.record = record
    }

    /// Scans `root` and judges what is found; files are judged as they stream by.
    ///
    /// - Parameter prepare: gets the scan before it starts, to show its progress.
    package func run(
        root: ScanRoot, options: ScanOptions, prepare: (Scan) -> Void = { _ in }
    ) throws -> VerifyResult {
        var files: FileEvaluation?
        let scan = Scan(root: root, options: options)
        prepare(scan)
        let inventory = try scan.run(
            begin: { inventory in
                guard options.wants(.files) else { return }
                files = FileEvaluation(
                    profile: profile, device: inventory.device, hasPackages: !inventory.packages.isEmpty)
            },
            file: { _, line in files?.consume(try CanonicalJSON.decode(FileEntry.self, from: line)) })
        return Evaluation(profile: profile, record: record).run(inventory, files: files)
    }
}
