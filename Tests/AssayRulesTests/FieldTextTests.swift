import Testing

@testable import AssayRules

@Suite struct FieldTextTests {
    @Test(
        arguments: [
            ("Samsung", "SAMSUNG", "differs only in letter case"), ("A  B", "A B", "differs only in blanks"),
            ("A  b", "a B ", "differs only in letter case"), ("A  b", "a B", "differs only in letter case and blanks"),
        ])
    func words(_ left: String, _ right: String, _ note: String) {
        let one = FieldText(left, form: .words)
        let other = FieldText(right, form: .words)
        #expect(one.equals(other))
        #expect(one.normalisation(against: other) == note)
    }

    @Test(arguments: [
        ("8086", "0x8086"), ("008086", "8086"), ("ABCD", "abcd"), ("8C:04:BA", "8c-04-ba"), ("0", "0000"),
    ])
    func hexadecimal(_ left: String, _ right: String) {
        let one = FieldText(left, form: .hexadecimal)
        #expect(one.equals(FieldText(right, form: .hexadecimal)))
        #expect(one.normalisation(against: one) == nil)
    }

    @Test("Different texts stay different", arguments: [("8086", "8087"), ("", "0"), ("80 86", "8087")])
    func different(_ left: String, _ right: String) {
        #expect(!FieldText(left, form: .hexadecimal).equals(FieldText(right, form: .hexadecimal)))
        #expect(!FieldText(left, form: .words).equals(FieldText(right, form: .words)))
    }
}
