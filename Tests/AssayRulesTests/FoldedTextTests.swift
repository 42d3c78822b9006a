import Testing

@testable import AssayRules

@Suite struct FoldedTextTests {
    @Test(arguments: [
        ("", ""), ("  ", ""), ("\t\n", ""), ("Intel", "intel"), ("  A \t\r\n B  ", "a b"), ("A\u{b}B", "a b"),
        ("Ärger  GmbH ", "ärger gmbh"), ("A\u{a0}B", "a b"), ("\u{1f}A", "\u{1f}a"), ("[@`{", "[@`{"),
    ])
    func words(_ text: String, _ folded: String) {
        #expect(FoldedText.words(text) == folded)
    }

    @Test(arguments: [
        ("", ""), ("--", ""), ("To Be Filled By O.E.M.", "tobefilledbyoem"), ("0x8086", "0x8086"),
        ("00:1B-21", "001b21"), ("Größe 3", "größe3"), ("[@`{", ""), ("Az09", "az09"),
    ])
    func alphanumerics(_ text: String, _ folded: String) {
        #expect(FoldedText.alphanumerics(text) == folded)
    }

    @Test("the short way for ASCII says what the long way says") func agrees() {
        let ascii = String(String.UnicodeScalarView((0..<128).compactMap { Unicode.Scalar($0) }))
        for text in [ascii, " " + ascii + " ", String(ascii.reversed())] {
            #expect(FoldedText.words(text) == FoldedText.collapse(text).lowercased())
            // A letter outside ASCII makes the text go the long way.
            #expect(FoldedText.words(text + "é") == FoldedText.words(text + "e").dropLast() + "é")
            #expect(FoldedText.alphanumerics(text + "é") == FoldedText.alphanumerics(text) + "é")
        }
    }
}
