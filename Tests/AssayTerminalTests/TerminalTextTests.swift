import Testing

@testable import AssayTerminal

@Suite struct TerminalTextTests {
    @Test(
        "hostile text cannot move the cursor or turn the reading direction",
        arguments: [
            ("plain", "plain"), ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"), ("x\u{202e}y", "x\\u{202e}y"), ("l\nf", "l\\u{a}f"),
            ("\u{9b}31m", "\\u{9b}31m"), ("Ünïcode 製", "Ünïcode 製"),
            ("a\u{fffe}b", "a\\u{fffe}b"), ("\u{e000}\u{2028}", "\\u{e000}\\u{2028}"), ("\u{7f}\0", "\\u{7f}\\u{0}"),
            ("", ""),
        ])
    func safe(_ input: String, _ output: String) {
        #expect(TerminalText.safe(input) == output)
    }

    @Test func widthCountsColumns() {
        #expect(TerminalText.width("e\u{301}x") == 2)
        #expect(TerminalText.width("製品") == 4)
    }

    @Test(arguments: [("abc", 3, "abc"), ("abcd", 3, "abc…"), ("\u{1b}bc", 2, "\\u{1b}b…"), ("", 0, ""), ("a", 0, "…")])
    func longTextIsCut(_ input: String, _ limit: Int, _ output: String) {
        #expect(TerminalText.safe(input, limit: limit) == output)
    }
}
