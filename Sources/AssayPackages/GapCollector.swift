internal import AssayHost
internal import AssayModel

/// Collects the gaps of one reader; a hostile database must not make more gaps than facts.
struct GapCollector {
    private let reader: String
    private var tally = GapTally()

    init(reader: String) { self.reader = reader }

    /// Adds a gap about `path`.
    mutating func add(_ kind: Gap.Kind, _ path: String, _ detail: String) {
        tally.add(Gap(probe: reader, path: path, kind: kind, detail: detail))
    }

    /// Adds the gap that a failed read leaves.
    mutating func add(_ failure: HostFailure) { tally.add(failure.gap(probe: reader)) }

    /// Everything that was added, or counted.
    func finish() -> [Gap] { tally.all }
}
