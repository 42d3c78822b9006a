package import AssayModel
internal import AssayReport
package import AssayRules

/// Judges this unit with the same rules as the collector, without one.
package struct Verification: Sendable {
    private let profile: HardwareProfile?
    private let record: AsBuiltRecord?
    private let lists: RuleLists
    private let uses: [String]
    private let today: CalendarDay?

    /// Takes the records that set the expectations; either may be absent.
    ///
    /// - Parameters:
    ///   - uses: what the unit is meant for, besides what the profile says.
    ///   - today: the day to hold dates and the age of lists against.
    package init(
        profile: HardwareProfile?, record: AsBuiltRecord?, lists: RuleLists = .standard, uses: [String] = [],
        today: CalendarDay? = nil
    ) {
        self.profile = profile
        self.record = record
        self.lists = lists
        self.uses = uses
        self.today = today
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
        return Evaluation(profile: profile, record: record, lists: lists, uses: uses, today: today)
            .run(inventory, files: files)
    }
}
