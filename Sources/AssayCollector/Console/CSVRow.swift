/// One row of a table as programs for sheets read it (RFC 4180).
///
/// What a device says of itself must not become a formula in the sheet of whoever opens the table: a cell that begins with
/// `=`, `+`, `-`, `@`, a tab or a carriage return gets an apostrophe in front, which such programs take as "this is text".
enum CSVRow {
    private static let cellLimit = 1000

    /// The row with its line end.
    static func text(_ cells: [String?]) -> String {
        cells.map { cell($0 ?? "") }.joined(separator: ",") + "\r\n"
    }

    private static func cell(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(cellLimit) {
            if scalars.isEmpty, "=+-@\t\r\n".unicodeScalars.contains(scalar) { scalars.append("'") }
            if scalar == "\"" { scalars.append("\"") }
            // NUL ends a text in many programs.
            if scalar != "\0" { scalars.append(scalar) }
        }
        let isPlain = scalars.allSatisfy { $0 != "," && $0 != "\"" && $0 != "\r" && $0 != "\n" }
        return isPlain ? String(scalars) : "\"\(String(scalars))\""
    }
}
