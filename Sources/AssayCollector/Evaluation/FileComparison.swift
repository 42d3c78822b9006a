internal import AssayModel
internal import AssayReport
internal import AssayRules

/// Judges the files of a report, and tells what changed since an earlier one, shard by shard.
struct FileComparison: Sendable {
    let reader: InventoryReader

    /// What the file rules say, and gaps for what could not be read; nil for the rules when no file was looked at.
    ///
    /// A section that is absent, empty or left out by the device's operator says nothing of the files there.
    func judge(
        _ predicate: ReportStatement.Predicate, profile: HardwareProfile?, hasPackages: Bool
    ) async throws -> (evaluation: FileEvaluation?, damage: [Gap]) {
        guard let announced = predicate.sections[SectionName.files.rawValue]?.lines, announced > 0 else {
            return (nil, [])
        }
        var evaluation = FileEvaluation(profile: profile, hasPackages: hasPackages)
        var damage = 0
        var lines = 0
        for digest in try await reader.objects(of: .files, in: predicate) {
            let (files, faulty) = try await reader.files(in: digest)
            for file in files { evaluation.consume(file) }
            damage += faulty
            lines += files.count + faulty
        }
        damage += abs(announced - lines)
        return (evaluation, InventoryReader.damage(damage, .files))
    }

    /// What came, went or changed; equal shards are not even read.
    func changes(
        from previous: ReportStatement.Predicate, to current: ReportStatement.Predicate
    ) async throws -> RuleVerdict {
        let before = try await reader.objects(of: .files, in: previous, keepingEmpty: true)
        let now = try await reader.objects(of: .files, in: current, keepingEmpty: true)
        guard before != now else { return .satisfied }
        // Another number of shards distributes the lines differently, so the whole lists are compared.
        guard before.count == now.count else {
            return FileChanges.evaluate(
                previous: try await sorted(before), current: try await sorted(now))
        }
        var findings: [Finding] = []
        for (old, new) in zip(before, now) where old != new {
            let (oldFiles, newFiles) = (try await reader.files(in: old).files, try await reader.files(in: new).files)
            let verdict = FileChanges.evaluate(previous: oldFiles, current: newFiles)
            if case .violated(let found) = verdict { findings += found }
        }
        return findings.isEmpty ? .satisfied : .violated(Array(findings.prefix(FileEvaluation.limit)))
    }

    private func sorted(_ digests: [ContentDigest]) async throws -> [FileEntry] {
        var files: [FileEntry] = []
        for digest in digests { files += try await reader.files(in: digest).files }
        return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
