/// Groups of devices, each as a bar that is divided by verdict.
package struct GroupChart: Sendable, Hashable {
    /// A piece of a bar, in thousandths of its width.
    struct Piece: Sendable, Hashable {
        let style: String
        let start: Int
        let width: Int
        let words: String
    }

    /// One group.
    struct Bar: Sendable, Hashable {
        let name: String
        let path: String?
        let devices: Int
        let pieces: [Piece]
        let words: String
    }

    /// Verdicts in the order of a bar, with the colour of each.
    static let order = [
        ("pass", "pass"), ("pass-with-waivers", "waived"), ("undetermined", "unsure"), ("fail", "fail"),
        ("unverified", "plain"), ("pending", "wait"),
    ]

    let bars: [Bar]
    let isEmpty: Bool

    /// Shows groups.
    ///
    /// - Parameters:
    ///   - groups: Names, paths and devices by verdict, the largest first.
    ///   - total: All devices by verdict; what the groups leave of it is one more bar.
    package init(_ groups: [(name: String, path: String?, verdicts: [String: Int])], total: [String: Int]) {
        var rest = total
        for group in groups {
            for (verdict, count) in group.verdicts { rest[verdict, default: 0] -= count }
        }
        // Counts that were read one after the other need not add up.
        rest = rest.filter { $0.value > 0 }
        bars =
            groups.map { Self.bar($0.name, $0.path, $0.verdicts) }
            + (rest.isEmpty ? [] : [Self.bar("all others", nil, rest)])
        isEmpty = bars.isEmpty
    }

    private static func bar(_ name: String, _ path: String?, _ verdicts: [String: Int]) -> Bar {
        let total = verdicts.values.reduce(0, +)
        var start = 0
        var sum = 0
        var pieces: [Piece] = []
        var words: [String] = []
        for (verdict, style) in order {
            guard let count = verdicts[verdict], count > 0 else { continue }
            sum += count
            let end = total > 0 ? sum * 1000 / total : 0
            let text = "\(count) \(verdict.replacing("-", with: " "))"
            pieces.append(Piece(style: style, start: start, width: max(end - start, 1), words: text))
            words.append(text)
            start = end
        }
        return Bar(name: name, path: path, devices: total, pieces: pieces, words: words.joined(separator: ", "))
    }
}
