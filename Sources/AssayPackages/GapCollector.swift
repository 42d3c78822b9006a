internal import AssayHost
internal import AssayModel

/// Collects the gaps of one reader and keeps a hostile database from making more gaps than facts.
struct GapCollector {
    private static let limit = 100

    private let reader: String
    private var gaps: [Gap] = []
    private var left: [String: Int] = [:]

    init(reader: String) { self.reader = reader }

    /// Adds a gap about `path`.
    mutating func add(_ kind: Gap.Kind, _ path: String, _ detail: String) {
        guard gaps.count < Self.limit else {
            left[path, default: 0] += 1
            return
        }
        gaps.append(Gap(probe: reader, path: path, kind: kind, detail: detail))
    }

    /// Adds the gap that a failed read leaves.
    mutating func add(_ failure: HostFailure) {
        let gap = failure.gap(probe: reader)
        add(gap.kind, gap.path, gap.detail)
    }

    /// Everything that was added; what went over the limit is one gap for each path.
    func finish() -> [Gap] {
        // Thousands of paths may be concerned as well: then the first in order stands for all.
        let total = left.values.reduce(0, +)
        guard let first = left.keys.min() else { return gaps }
        return gaps + [Gap(probe: reader, path: first, kind: .tooLarge, detail: "\(total) more gaps like these")]
    }
}
