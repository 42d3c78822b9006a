package import AssayModel
internal import AssayReport
package import AssayRules

/// Judges this unit with the same rules as the collector, without one.
package struct Verification: Sendable {
    private let profile: HardwareProfile?
    private let record: AsBuiltRecord?
    private let defects: [ChainDefect]
    private let lists: RuleLists
    private let suppliers: SupplierDirectory
    private let uses: [String]
    private let today: CalendarDay?
    private let leavesOutFiles: Bool

    /// Takes the records that set the expectations; either may be absent.
    ///
    /// - Parameters:
    ///   - profile: what the model may be made of.
    ///   - record: what this unit should be made of, deltas applied.
    ///   - defects: what is wrong with the chain that gave the record.
    ///   - suppliers: what supplier graphs know, indexed with the same lists.
    ///   - uses: what the unit is meant for, besides what the profile says.
    ///   - today: the day to hold dates and the age of lists against.
    ///   - leavesOutFiles: whether the operator has chosen that files are not judged; a policy on files that was not
    ///     applied for another reason leaves the verdict open.
    package init(
        profile: HardwareProfile?, record: AsBuiltRecord?, defects: [ChainDefect] = [], lists: RuleLists = .standard,
        suppliers: SupplierDirectory = .none, uses: [String] = [], today: CalendarDay? = nil,
        leavesOutFiles: Bool = false
    ) {
        self.profile = profile
        self.record = record
        self.defects = defects
        self.lists = lists
        self.suppliers = suppliers
        self.uses = uses
        self.today = today
        self.leavesOutFiles = leavesOutFiles
    }

    /// Scans `root` and judges what is found, and gives both; files are judged as they stream by.
    ///
    /// - Parameter prepare: gets the scan before it starts, to show its progress.
    package func run(
        root: ScanRoot, options: ScanOptions, prepare: (Scan) -> Void = { _ in }
    ) throws -> (VerifyResult, InventorySnapshot) {
        var files: FileEvaluation?
        let scan = Scan(root: root, options: options)
        prepare(scan)
        let inventory = try scan.run(
            begin: { inventory in
                guard options.wants(.files) else { return }
                files = FileEvaluation(
                    profile: profile, hasPackages: !inventory.packages.isEmpty)
            },
            file: { _, line in files?.consume(try CanonicalJSON.decode(FileEntry.self, from: line)) })
        return (judge(inventory, files), inventory)
    }

    /// Judges a saved inventory instead of a machine.
    ///
    /// - Parameter entries: its files, where it has any.
    package func run(_ inventory: InventorySnapshot, files entries: [FileEntry]?) -> VerifyResult {
        guard let entries else { return judge(inventory, nil) }
        var files = FileEvaluation(
            profile: profile, hasPackages: !inventory.packages.isEmpty)
        for entry in entries { files.consume(entry) }
        return judge(inventory, files)
    }

    private func judge(_ inventory: InventorySnapshot, _ files: FileEvaluation?) -> VerifyResult {
        var result = Evaluation(
            profile: profile, record: record, lists: lists, suppliers: suppliers, uses: uses, today: today,
            leavesOutFiles: leavesOutFiles
        )
        .run(inventory, files: files)
        RecordChainFindings.enter(defects, device: inventory.device, into: &result)
        return result
    }
}
