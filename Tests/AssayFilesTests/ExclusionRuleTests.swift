import Testing

@testable import AssayFiles

@Suite struct ExclusionRuleTests {
    @Test(arguments: [
        ("/a", "/a", true), ("/a", "/a/b", false), ("/a/", "/a", true), ("/a/*", "/a/b", true),
        ("/a/*", "/a/b/c", false),
        ("/a/**", "/a/b/c", true), ("/a/**/z", "/a/b/c/z", true), ("/a/**/z", "/a/z", false),
        ("/**.iso", "/x/y.iso", true),
        ("/*/x", "/a/x", true), ("/*/x", "/a/b/x", false), ("/a?c", "/abc", true), ("/a?c", "/a/c", false),
        ("/**/b/*.c", "/a/b/a/b/x.c", true), ("/**/b/*.c", "/a/b/a/x/x.c", false), ("/*a*b", "/xaxxb", true),
        ("/*a*b", "/xaxxc", false), ("", "", true), ("/[a]", "/[a]", true), ("/*", "/", true),
    ])
    func matches(_ pattern: String, _ path: String, _ expected: Bool) {
        #expect(ExclusionRule(pattern).matches(Array(path.utf8)) == expected, "\(pattern) \(path)")
    }

    @Test("no pattern takes long, however many stars it has") func staysLinear() {
        let pattern = ExclusionRule(
            "/" + String(repeating: "*a", count: 200) + "**" + String(repeating: "*b", count: 200))
        #expect(!pattern.matches(Array(("/" + String(repeating: "a", count: 4000)).utf8)))
    }
}
