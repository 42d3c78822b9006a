import AssayConsole
import Testing

/// Hostile text on pages.
struct HTMLTextTests {
    @Test(
        "markup, controls and marks of direction are shown as what they are",
        arguments: [
            ("plain text-1.0", "plain text-1.0"),
            ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
            ("a&b\"", "a&amp;b&quot;"), ("a\u{202e}b", "a\\u{202e}b"), ("\u{1b}[2J", "\\u{1b}[2J"), ("Größe", "Größe"),
            ("<é>", "&lt;é&gt;"), ("\u{0}", "\\u{0}"), ("", ""),
        ]) func escape(_ text: String, _ html: String)
    {
        #expect(HTMLText.escape(text) == html)
    }

    @Test func aLongNameIsCut() {
        let html = HTMLText.escape(String(repeating: "<", count: 1_000_000))
        #expect(html == String(repeating: "&lt;", count: HTMLText.limit) + "…")
        #expect(HTMLText.escape(String(repeating: "a", count: 1_000_000)).count == HTMLText.limit + 1)
    }
}
