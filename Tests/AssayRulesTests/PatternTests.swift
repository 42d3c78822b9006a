import Testing

@testable import AssayRules

@Suite struct PatternTests {
    @Test(
        arguments: [
            ("dimm/A1", "dimm/A1", true), ("dimm/A1", "dimm/A2", false), ("dimm/*", "dimm/A1", true), ("*", "", true),
            ("a*b*c", "aXbYc", true), ("a*b*c", "aXbY", false), ("*aab", "aaaab", true), ("a**", "a", true),
            ("", "", true),
        ])
    func places(_ pattern: String, _ text: String, _ fits: Bool) { #expect(Pattern(pattern).matches(text) == fits) }

    @Test(
        arguments: [
            ("/usr/*/x", "/usr/bin/x", true), ("/usr/*/x", "/usr/a/b/x", false), ("/usr/**/x", "/usr/a/b/x", true),
            ("/opt/**", "/opt/a/b", true), ("/opt/*", "/opt/a/b", false),
        ])
    func paths(_ pattern: String, _ text: String, _ fits: Bool) {
        #expect(Pattern(pattern, separatesPaths: true).matches(text) == fits)
    }

    @Test("A hostile pattern takes the product of both lengths, no more")
    func hostile() {
        let pattern = Pattern(String(repeating: "*a", count: 200))
        #expect(!pattern.matches(String(repeating: "a", count: 199) + "b"))
    }
}
