/// How the fleet stood day by day, drawn as columns of verdicts.
package struct TrendChart: Sendable, Hashable {
    /// A piece of a column, in the units of the drawing.
    struct Piece: Sendable, Hashable {
        let style: String
        let left: Int
        let top: Int
        let width: Int
        let height: Int
        let words: String
    }

    /// A word below or beside the drawing.
    struct Label: Sendable, Hashable {
        let left: Int
        let text: String
        let anchor: String
    }

    /// One day in words, for those who do not see the drawing.
    struct Row: Sendable, Hashable {
        let day: String
        let devices: Int
        let passing: Int
        let failing: Int
        let others: Int
        let findings: Int
    }

    private static let width = 720
    private static let height = 150
    private static let gap = 2

    let pieces: [Piece]
    let labels: [Label]
    let rows: [Row]
    let points: String
    let most: Int
    let mostFindings: Int
    let baseline = Self.height

    /// Draws days, oldest first; nil for none.
    package init?(_ days: [(day: String, verdicts: [String: Int], findings: Int)]) {
        let totals = days.map { $0.verdicts.values.reduce(0, +) }
        guard let first = days.first, let last = days.last, let most = totals.max(), most > 0 else { return nil }
        self.most = most
        let mostFindings = days.map(\.findings).max() ?? 0
        self.mostFindings = mostFindings
        // Few days are not drawn as broad as a wall.
        let step = Self.width / max(days.count, 14)
        var pieces: [Piece] = []
        var points: [String] = []
        for (index, day) in days.enumerated() {
            let left = index * step
            pieces += Self.column(day.verdicts, day.day, left: left, width: max(step - Self.gap, 1), most: most)
            let top = mostFindings > 0 ? Self.height - day.findings * Self.height / mostFindings : Self.height
            points.append("\(left + step / 2),\(top)")
        }
        self.pieces = pieces
        self.points = points.joined(separator: " ")
        let end = (days.count - 1) * step + step - Self.gap
        labels =
            days.count == 1
            ? [Label(left: 0, text: first.day, anchor: "start")]
            : [Label(left: 0, text: first.day, anchor: "start"), Label(left: end, text: last.day, anchor: "end")]
        rows = zip(days, totals).map { day, total in
            let passing = ["pass", "pass-with-waivers"].reduce(0) { $0 + (day.verdicts[$1] ?? 0) }
            let failing = day.verdicts["fail"] ?? 0
            return Row(
                day: day.day, devices: total, passing: passing, failing: failing, others: total - passing - failing,
                findings: day.findings)
        }.reversed()
    }

    private static func column(
        _ verdicts: [String: Int], _ day: String, left: Int, width: Int, most: Int
    ) -> [Piece] {
        var sum = 0
        var pieces: [Piece] = []
        for (verdict, style) in GroupChart.order {
            guard let count = verdicts[verdict], count > 0 else { continue }
            let bottom = sum * height / most
            sum += count
            let top = max(sum * height / most, bottom + 1)
            pieces.append(
                Piece(
                    style: style, left: left, top: height - top, width: width, height: top - bottom,
                    words: "\(day): \(count) \(verdict.replacing("-", with: " "))"))
        }
        return pieces
    }
}
