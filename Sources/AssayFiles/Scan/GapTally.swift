internal import AssayModel

/// Keeps gaps up to a limit and counts the others, so that a tree full of trouble cannot fill the memory.
struct GapTally {
    private let limit: Int
    private var kept: [Gap] = []
    private var dropped: [Gap.Kind: Int] = [:]

    /// Keeps `limit` gaps.
    init(limit: Int) { self.limit = limit }

    /// Takes a gap.
    mutating func add(_ gap: Gap) {
        if kept.count < limit { kept.append(gap) } else { dropped[gap.kind, default: 0] += 1 }
    }

    /// The gaps, and one more for each kind of which some were only counted.
    var all: [Gap] {
        kept
            + dropped.map { kind, count in
                Gap(probe: FileScan.probeID, path: "/", kind: kind, detail: "\(count) more of this kind, not listed")
            }
    }
}
