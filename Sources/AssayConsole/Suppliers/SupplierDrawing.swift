package import AssayModel

/// A supplier graph as SVG: one column for each tier, who supplies whom as lines, who owns whom as broken ones.
package struct SupplierDrawing: Sendable {
    /// Most companies that are drawn; a list beside the drawing has them all.
    package static let limit = 150

    private static let columnWidth = 270
    private static let boxWidth = 210
    private static let lineHeight = 16
    private static let gap = 14
    private static let head = 30
    private static let lettersOfLine = 30

    private struct Box {
        let view: SupplierView
        let x: Int
        let y: Int
        let lines: [(text: String, style: String)]

        var height: Int { (lines.count + 1) * lineHeight + 10 }
        var middle: Int { y + height / 2 }
    }

    /// The drawing.
    package let svg: String

    /// Draws companies; nil where there are too many to see anything, or none.
    package init?(_ graph: SupplierGraph, _ views: [SupplierView]) {
        guard !views.isEmpty, views.count <= Self.limit else { return nil }
        var columns: [(name: String, boxes: [Box])] = []
        var places: [String: Box] = [:]
        for (name, members) in Self.columns(views) {
            var y = Self.head
            var boxes: [Box] = []
            for view in Self.ordered(members, after: places, graph) {
                let box = Box(view: view, x: columns.count * Self.columnWidth, y: y, lines: Self.lines(view))
                y += box.height + Self.gap
                boxes.append(box)
            }
            for box in boxes { places[box.view.id] = box }
            columns.append((name, boxes))
        }
        let width = max(0, columns.count - 1) * Self.columnWidth + Self.boxWidth
        let height = columns.flatMap(\.boxes).map { $0.y + $0.height }.max() ?? Self.head
        var svg =
            "<svg class=\"chart\" viewBox=\"-2 0 \(width + 4) \(height + 4)\" role=\"img\" "
            + "aria-label=\"Who supplies whom, by tier; the list below says the same in words\">"
        svg += Self.edges(graph, places)
        for (index, column) in columns.enumerated() {
            svg +=
                "<text class=\"quiet\" x=\"\(index * Self.columnWidth)\" y=\"16\">\(HTMLText.escape(column.name))</text>"
            for box in column.boxes { svg += Self.node(box) }
        }
        self.svg = svg + "</svg>"
    }

    /// Tiers in their order; companies without one come last.
    private static func columns(_ views: [SupplierView]) -> [(String, [SupplierView])] {
        Dictionary(grouping: views) { $0.tierNumber ?? .max }.sorted { $0.key < $1.key }.map { tier, members in
            (tier == .max ? "No tier stated" : "Tier \(tier)", members)
        }
    }

    /// Companies near those of the columns before that they supply, so that fewer lines cross.
    private static func ordered(
        _ members: [SupplierView], after places: [String: Box], _ graph: SupplierGraph
    ) -> [SupplierView] {
        var sums: [String: (sum: Int, count: Int)] = [:]
        for supplier in graph.suppliers {
            guard let place = places[supplier.id] else { continue }
            for source in supplier.suppliedBy {
                let known = sums[source] ?? (0, 0)
                sums[source] = (known.sum + place.middle, known.count + 1)
            }
        }
        func height(_ view: SupplierView) -> Int { sums[view.id].map { $0.sum / $0.count } ?? .max }
        return members.sorted { (height($0), $0.name, $0.id) < (height($1), $1.name, $1.id) }
    }

    private static func lines(_ view: SupplierView) -> [(text: String, style: String)] {
        var lines: [(String, String)] = []
        if let country = view.country { lines.append((country, "quiet")) }
        for site in view.sites.prefix(3) { lines.append((site, "quiet")) }
        if view.sites.count > 3 { lines.append(("and \(view.sites.count - 3) more sites", "quiet")) }
        if let expired = view.expired {
            lines.append((expired == 1 ? "1 paper expired" : "\(expired) papers expired", "unsure"))
        }
        if view.isRestricted { lines.append(("on a restricted list", "fail")) }
        return lines
    }

    private static func node(_ box: Box) -> String {
        let style = box.view.isRestricted ? "node fail" : "node"
        var text =
            "<a href=\"\(HTMLText.escape(box.view.path))\"><rect class=\"\(style)\" x=\"\(box.x)\" y=\"\(box.y)\" "
            + "width=\"\(boxWidth)\" height=\"\(box.height)\" rx=\"6\"/>"
            + "<text x=\"\(box.x + 10)\" y=\"\(box.y + 19)\">\(cut(box.view.name))</text>"
        for (index, line) in box.lines.enumerated() {
            let y = box.y + 19 + (index + 1) * lineHeight
            text += "<text class=\"\(line.style)\" x=\"\(box.x + 10)\" y=\"\(y)\">\(cut(line.text))</text>"
        }
        return text + "</a>"
    }

    private static func edges(_ graph: SupplierGraph, _ places: [String: Box]) -> String {
        var text = ""
        for supplier in graph.suppliers {
            guard let here = places[supplier.id] else { continue }
            for source in supplier.suppliedBy {
                if let there = places[source] { text += edge(here, there, style: "edge") }
            }
            for owner in supplier.owners {
                if let there = places[owner.id] { text += edge(here, there, style: "edge owner") }
            }
        }
        return text
    }

    private static func edge(_ one: Box, _ other: Box, style: String) -> String {
        let (left, right) = one.x <= other.x ? (one, other) : (other, one)
        let start = left.x + boxWidth
        // Two of one tier are joined by a bow at their side.
        let end = left.x == right.x ? start : right.x
        let bend = left.x == right.x ? start + 40 : (start + end) / 2
        return "<path class=\"\(style)\" d=\"M\(start) \(left.middle)C\(bend) \(left.middle) \(bend) \(right.middle) "
            + "\(end) \(right.middle)\"/>"
    }

    private static func cut(_ text: String) -> String {
        text.count > lettersOfLine
            ? HTMLText.escape(String(text.prefix(lettersOfLine - 1)) + "…") : HTMLText.escape(text)
    }
}
