import AssayBytes
import Testing

@Suite struct DeviceTextTests {
    @Test func decodesWhateverComes() {
        #expect(DeviceText.decode(Array("Intel\0rest".utf8)) == "Intel")
        #expect(DeviceText.decode([0x49, 0xae]) == "I®")
        #expect(DeviceText.decode(Array("Zürich".utf8)) == "Zürich")
        #expect(DeviceText.decode([]) == "")
    }

    @Test(arguments: [
        ("  Intel(R)   Corp \t", "Intel(R) Corp"), ("a\u{1b}[2Jb", "a [2Jb"), ("x\u{202e}y", "x y"),
        ("one\u{a0}two", "one two"),
    ])
    func normalizes(_ raw: String, _ text: String) { #expect(DeviceText.normalize(raw) == text) }

    @Test func nothingLeftIsNil() {
        #expect(DeviceText.normalize(" \0\n") == nil)
        #expect(DeviceText.normalize("") == nil)
    }

    @Test(
        "bytes are kept where text loses some",
        arguments: [
            ([], nil), (Array("abc".utf8), nil), (Array("abc\0\0".utf8), nil), ([0, 0], nil),
            (Array("ab\0c".utf8), "61620063"), ([0xff, 0, 0x1b, 0x5d], "ff001b5d"), ([0xe9], "e9"), ([0x7f], "7f"),
            (Array("a\tb".utf8), "610962"), (Array("\u{e9}".utf8), nil), ([0x1b, 0x41, 0, 0], "1b41"),
        ] as [([UInt8], String?)])
    func keepsLostBytes(_ bytes: [UInt8], _ expected: String?) {
        #expect(DeviceText.lossyForm(bytes) == expected)
    }
}
