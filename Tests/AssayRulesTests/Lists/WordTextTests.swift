import Testing

@testable import AssayRules

@Suite struct WordTextTests {
    @Test(
        "A name holds whole words alone",
        arguments: [
            ("ZTE Corporation", "ZTE", true), ("zte-mobile", "ZTE", true), ("ZTEX GmbH", "ZTE", false),
            ("Aztech Systems", "ZTE", false), ("Nautel", "Autel", false), ("SK_hynix", "SK Hynix", true),
            ("ChangXin Memory Technologies Inc", "ChangXin Memory", true),
            ("Memory ChangXin", "ChangXin Memory", false),
            ("", "ZTE", false), ("ZTE", "", false),
        ])
    func holds(_ text: String, _ name: String, _ expected: Bool) {
        #expect(WordText(text).contains(WordText(name)) == expected)
    }

    @Test(
        "Words are letters and digits of any script",
        arguments: [
            ("  A-b_c9\t", ["a", "b", "c9"]), ("--", []), ("Größe/Ä1 x", ["größe", "ä1", "x"]),
            ("华为 Huawei", ["华为", "huawei"]), ("[@`{", []),
        ])
    func words(_ text: String, _ words: [String]) { #expect(WordText(text).words == words) }
}
