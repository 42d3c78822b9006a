internal import AssayModel

/// The exclusion rules of a scan and how often each one applied.
struct ExclusionTally {
    private let rules: [ExclusionRule]
    private var counts: [Int]

    /// Starts counting for `rules`.
    init(_ rules: [ExclusionRule]) {
        self.rules = rules
        counts = [Int](repeating: 0, count: rules.count)
    }

    /// Whether a rule covers the path; the first one that does is counted.
    mutating func covers(_ path: [UInt8]) -> Bool {
        guard let index = rules.firstIndex(where: { $0.matches(path) }) else { return false }
        counts[index] += 1
        return true
    }

    /// One gap for each rule that applied.
    var gaps: [Gap] {
        zip(rules, counts).filter { $0.1 > 0 }.map { rule, count in
            Gap(
                probe: FileScan.probeID, path: rule.pattern, kind: .excluded,
                detail:
                    "\(rule.reason); \(count) \(count == 1 ? "file or directory" : "files and directories") left out")
        }
    }
}
