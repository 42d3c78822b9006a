/// Rows of text in aligned columns, for people; every cell is made safe for a terminal.
public struct TextTable: Sendable {
    /// On which side of its column a cell stands.
    public enum Alignment: Sendable {
        case left
        case right
    }

    private let headings: [String]
    private let alignments: [Alignment]
    private let shortened: [Set<String>]
    private var rows: [[String]] = []

    /// A table with `headings`; columns are left-aligned unless `alignments` says otherwise.
    ///
    /// - Parameter shortened: headings of the columns that may be shortened, in groups, the first to give way first;
    ///   nil for all alike.
    public init(_ headings: [String], alignments: [Alignment] = [], shortened: [[String]]? = nil) {
        self.headings = headings
        self.alignments = alignments
        self.shortened = (shortened ?? [headings]).map(Set.init)
    }

    /// Whether there is no row.
    public var isEmpty: Bool { rows.isEmpty }

    /// The table for a program: every column, whether anything stands in it or not, and headings without a single row.
    public func renderForPrograms() -> String { lines(of: Array(headings.indices), limit: nil) }

    /// Appends a row; nil cells are shown as a dash.
    public mutating func append(_ cells: [String?]) {
        rows.append(cells.map { TerminalText.safe($0.flatMap { $0.isEmpty ? nil : $0 } ?? "–") })
    }

    /// The table as lines; columns that are empty in every row are left out.
    ///
    /// - Parameter limit: widest a line may be; the widest column that may be is shortened with an ellipsis to fit. Nil
    ///   keeps all.
    public func render(limit: Int? = nil) -> String {
        let kept = headings.indices.filter { column in rows.contains { column < $0.count && $0[column] != "–" } }
        return kept.isEmpty ? "" : lines(of: kept, limit: limit)
    }

    private func lines(of kept: [Int], limit: Int?) -> String {
        let lines = [kept.map { headings[$0] }] + rows.map { row in kept.map { $0 < row.count ? row[$0] : "–" } }
        let widths = fittedWidths(lines, limit: limit)
        return lines.map { line in
            var text = ""
            for (position, cell) in line.enumerated() {
                let isLast = position == line.count - 1
                text += pad(cell, to: widths[position], alignment(kept[position]), isLast: isLast)
                if !isLast { text += "  " }
            }
            return text + "\n"
        }.joined()
    }

    private func fittedWidths(_ lines: [[String]], limit: Int?) -> [Int] {
        var widths = (lines.first ?? []).indices.map { column in
            lines.map { TerminalText.width($0[column]) }.max() ?? 0
        }
        guard let limit else { return widths }
        for group in shortened {
            let columns = widths.indices.filter { group.contains(lines.first?[$0] ?? "") }
            // A column is never made narrower than can still be recognised.
            while widths.reduce(0, +) + 2 * (widths.count - 1) > limit,
                let widest = columns.max(by: { widths[$0] < widths[$1] }), widths[widest] > 12
            {
                widths[widest] -= 1
            }
        }
        return widths
    }

    private func alignment(_ column: Int) -> Alignment { column < alignments.count ? alignments[column] : .left }

    private func pad(_ cell: String, to width: Int, _ alignment: Alignment, isLast: Bool) -> String {
        var text = cell
        if TerminalText.width(text) > width {
            while TerminalText.width(text) > width - 1, !text.isEmpty { text.removeLast() }
            text += "…"
        }
        let blanks = String(repeating: " ", count: max(0, width - TerminalText.width(text)))
        switch alignment {
        case .left: return isLast ? text : text + blanks
        case .right: return blanks + text
        }
    }
}
