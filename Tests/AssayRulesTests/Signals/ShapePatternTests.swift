import Testing

@testable import AssayRules

@Suite struct ShapePatternTests {
    @Test(
        arguments: [
            ("#B#Q???#", "5B2QGXA7", true), ("#B#Q???#", "SN10191", false), ("50026B7*", "50026b7684C1", true),
            ("M471*", "M471A1K43CB1-CTD", true), ("M471*", "XM471", false), ("*08:??:??*", "03:01:01 08:06:50", true),
            ("@@@", "IFX", true), ("@@@", "1FX", false), ("*", "", true), ("?", "", false), ("a*b*c", "aXbYc", true),
            ("a*b*c", "aXbY", false), ("", "", true), ("", "x", false),
        ])
    func matches(_ pattern: String, _ text: String, _ expected: Bool) {
        #expect(ShapePattern(pattern).matches(text) == expected)
    }
}
