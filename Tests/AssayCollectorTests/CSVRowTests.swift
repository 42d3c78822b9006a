import Testing

@testable import AssayCollector

/// Rows that a sheet opens.
struct CSVRowTests {
    @Test(
        "no cell is a formula, and none ends its row",
        arguments: [
            ("=1+1", "\"'=1+1\"\r\n"), (" \t@SUM(A1)", "\"' @SUM(A1)\"\r\n"), ("\u{0}-2", "\"'-2\"\r\n"),
            ("a\r\nb", "\"ab\"\r\n"), ("say \"x\", y", "\"say \"\"x\"\", y\"\r\n"), ("＝x", "\"'＝x\"\r\n"),
            ("plain", "\"plain\"\r\n"), ("", "\"\"\r\n"),
        ]) func cells(_ text: String, _ row: String)
    {
        #expect(CSVRow.text([text]) == row)
    }

    @Test func absentCellsAreEmptyAndLongOnesAreCut() {
        #expect(CSVRow.text([nil, "b"]) == "\"\",\"b\"\r\n")
        #expect(CSVRow.text([String(repeating: "x", count: 1 << 20)]).utf8.count == 4004)
    }
}
