import ArgumentParser
import AssayAgent
import AssayModel
import AssayReport
import AssayRules

/// How a unit is read and judged, alike wherever a verdict is asked for.
struct JudgementOptions: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "Hash and judge files; default: where the profile has a 'files' policy.")
    var files: Bool?

    @OptionGroup var selection: ScanSelection

    @OptionGroup var lists: ListOptions

    /// Gets ready; a use that no list knows ends the command.
    func judge(
        profile: HardwareProfile?, record: AsBuiltRecord? = nil, defects: [ChainDefect] = []
    ) throws -> UnitJudge {
        let all = Set(SectionName.allCases)
        let ruleLists = try lists.ruleLists(for: profile)
        return UnitJudge(
            verification: Verification(
                profile: profile, record: record, defects: defects, lists: ruleLists,
                suppliers: try lists.directory(for: ruleLists), uses: lists.uses, today: lists.today,
                leavesOutFiles: files == false),
            options: selection.options(
                sections: files ?? (profile?.files != nil) ? all : all.subtracting([.files])),
            leavesOutFiles: files == false)
    }
}

/// Judges one unit, as it is or as it was saved.
struct UnitJudge {
    fileprivate let verification: Verification
    fileprivate let options: ScanOptions
    fileprivate let leavesOutFiles: Bool

    /// Scans `root` and judges what is found.
    func scan(_ root: ScanRoot) throws -> (VerifyResult, InventorySnapshot) {
        var progress: ScanProgress?
        defer { progress?.finish() }
        return try verification.run(
            root: root, options: options, prepare: { progress = ScanProgress($0.progress) })
    }

    /// Judges what was saved.
    func saved(_ unit: UnitReading) -> (VerifyResult, InventorySnapshot) {
        (verification.run(unit.inventory, files: leavesOutFiles ? nil : unit.files), unit.inventory)
    }
}
