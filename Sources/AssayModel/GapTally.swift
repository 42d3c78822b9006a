/// Keeps the first gaps of each probe and kind, and counts the others.
///
/// A device, database or tree that makes up thousands of faults must fill neither the memory nor a report with them.
public struct GapTally: Sendable {
    /// Most gaps of one probe and kind that are kept one by one, where nobody says otherwise.
    public static let standardLimit = 32

    private let limit: Int
    private var kept: [Gap] = []
    private var groups: [Group: Rest] = [:]

    /// Gaps that are counted together.
    private struct Group: Hashable {
        var probe: String
        var kind: Gap.Kind
    }

    /// How many there are, and what those beyond the limit have in common.
    private struct Rest {
        var count = 0
        var path: [Substring]?
    }

    /// Keeps `limit` gaps of each probe and kind.
    public init(limit: Int = standardLimit) { self.limit = max(0, limit) }

    /// Takes a gap.
    public mutating func add(_ gap: Gap) {
        let group = Group(probe: gap.probe, kind: gap.kind)
        var rest = groups[group] ?? Rest()
        rest.count += 1
        if rest.count <= limit {
            kept.append(gap)
        } else {
            let names = gap.path.split(separator: "/")
            rest.path = rest.path.map { zip($0, names).prefix { $0.0 == $0.1 }.map(\.0) } ?? names
        }
        groups[group] = rest
    }

    /// The kept gaps in the order in which they came, and one more for each group of which some were only counted, at
    /// the folder that those share.
    public var all: [Gap] {
        let counted = groups.compactMap { group, rest -> Gap? in
            guard let path = rest.path else { return nil }
            return Gap(
                probe: group.probe, path: "/" + path.joined(separator: "/"), kind: group.kind,
                detail: "\(rest.count - limit) more of this kind")
        }
        return kept + counted.sorted { ($0.probe, $0.kind.rawValue) < ($1.probe, $1.kind.rawValue) }
    }
}
