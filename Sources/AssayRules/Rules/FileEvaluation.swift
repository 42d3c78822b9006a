package import AssayModel

/// Feeds files to the file rules one by one, in bounded memory.
package struct FileEvaluation: Sendable {
    /// Most findings of one rule for one report.
    package static let limit = 200

    private let context: FileRuleContext
    private let rules: [any FileRule]
    private var findings: [[Finding]]
    private var counts: [Int]
    private var undecided: [Int]

    /// Starts an evaluation of one list of files.
    package init(profile: HardwareProfile?, hasPackages: Bool, rules: [any FileRule] = RuleCatalog.files) {
        context = FileRuleContext(profile: profile, hasPackages: hasPackages)
        self.rules = rules
        findings = Array(repeating: [], count: rules.count)
        counts = Array(repeating: 0, count: rules.count)
        undecided = Array(repeating: 0, count: rules.count)
    }

    /// Judges one file.
    package mutating func consume(_ file: FileEntry) {
        for index in rules.indices {
            guard let violation = rules[index].judge(file, context) else { continue }
            if violation.outcome == .unexpected, !context.hasPackages {
                undecided[index] += 1
                continue
            }
            counts[index] += 1
            guard findings[index].count < Self.limit else { continue }
            findings[index].append(finding(violation, file, type(of: rules[index]).descriptor))
        }
    }

    private func finding(_ violation: FileViolation, _ file: FileEntry, _ descriptor: RuleDescriptor) -> Finding {
        var finding = Finding(
            rule: descriptor.id, severity: violation.reaction == .notice ? .info : descriptor.severity,
            title: violation.title, source: violation.source, advice: descriptor.advice, location: file.path,
            expected: violation.expected, observed: violation.observed, path: file.path, probe: "files")
        finding.outcome = violation.outcome
        finding.identify(key: [file.path, file.digest.description])
        return finding
    }

    /// Each rule's answer.
    package var verdicts: [(descriptor: RuleDescriptor, verdict: RuleVerdict)] {
        rules.indices.map { (type(of: rules[$0]).descriptor, verdict($0)) }
    }

    private func verdict(_ index: Int) -> RuleVerdict {
        var listed = findings[index]
        let more = counts[index] - listed.count
        if more > 0, !listed.isEmpty {
            listed[listed.count - 1].more = more
            listed[listed.count - 1].notes.append("\(more) more of this kind are not listed")
        }
        if !listed.isEmpty { return .violated(listed) }
        if undecided[index] == 0 { return .satisfied }
        guard context.policy.unknown == .fail else { return .notApplicable }
        let detail = "no package database was read, so that \(undecided[index]) binaries have no known owner"
        return .undetermined([Gap(probe: "packages", path: "/", kind: .absent, detail: detail)])
    }
}
