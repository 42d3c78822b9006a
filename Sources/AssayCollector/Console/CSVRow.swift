/// One row of a table as programs for sheets read it (RFC 4180).
///
/// What a device says of itself must not become a formula in the sheet of whoever opens the table (OWASP, CSV Injection): a
/// cell that begins like one gets an apostrophe in front, which such programs take as "this is text".
enum CSVRow {
    private static let cellLimit = 4000

    /// The row with its line end; every cell is in quotes, so that nothing in it can end it.
    static func text(_ cells: [String?]) -> String {
        cells.map { "\"\(harmless($0 ?? "").replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\r\n"
    }

    /// A cell that no sheet takes for a formula; control characters, which hide such a beginning, are left out.
    private static func harmless(_ text: String) -> String {
        let plain = String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(cellLimit).filter { $0.value >= 0x20 && $0.value != 0x7f }))
        guard let first = plain.unicodeScalars.first(where: { !$0.properties.isWhitespace }),
            "=+-@＝＋－＠|%".unicodeScalars.contains(first)
        else { return plain }
        return "'" + plain
    }
}
