import AssayAccounts
import Testing

/// Sign-in names.
struct AccountNameTests {
    @Test("one form", arguments: [("Robin", "robin"), (" a.b@example.org\n", "a.b@example.org"), ("x+1", "x+1")])
    func normalized(_ text: String, _ name: String) throws { #expect(try AccountName.normalized(text) == name) }

    @Test(
        "no names",
        arguments: [
            "", " ", "a b", "<script>", "-x", "@x", "ä", "a\u{202e}b", "a\0", String(repeating: "a", count: 129),
        ])
    func strange(_ text: String) {
        #expect(throws: AccountFailure(.badName, "")) { try AccountName.normalized(text) }
    }
}
