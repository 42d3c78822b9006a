import AssayModel
import Testing

@Suite struct JSONStructureTests {
    static func unit(_ text: String) throws(RecordFailure) -> AsBuiltRecord {
        try RecordJSON.asBuilt(
            from: Array(#"{"schema": "assay/as-built/v1", "device": {"serial": "A"}, \#(text)}"#.utf8))
    }

    @Test(
        "a key that is there twice and a comma with nothing behind it are refused by name",
        arguments: [
            (#""factory": "a", "factory": "b""#, RecordFailure(.duplicate, field: "factory", detail: "")),
            (#""factory": "a", "fact\u006fry": "b""#, RecordFailure(.duplicate, field: "factory", detail: "")),
            (
                #""components": [{"class": "usb"}, {"class": "usb", "lot": "1", "class": "pci"}]"#,
                RecordFailure(.duplicate, field: "components[1].class", detail: "")
            ),
            (
                #""components": [{"class": "usb", "ids": {"vendor": "1", "vendor": "2"}}]"#,
                RecordFailure(.duplicate, field: "components[0].ids.vendor", detail: "")
            ),
            (#""components": [{"class": "usb"},]"#, RecordFailure(.malformed, field: "components", detail: "")),
            (#""components": [{"class": "usb", }]"#, RecordFailure(.malformed, field: "components[0]", detail: "")),
            (#""factory": "a","#, RecordFailure(.malformed, field: "", detail: "")),
        ])
    func refused(text: String, failure: RecordFailure) { #expect(throws: failure) { try Self.unit(text) } }

    @Test(
        "what only looks like it is read",
        arguments: [
            #""factory": "a,}", "line": "factory""#, #""factory": "\",]", "line": "x\\""#,
            #""components": [{"class": "usb", "lot": "class"}, {"class": "usb"}], "certifications": {"factory": "1"}"#,
            #""components": []"#,
        ])
    func read(text: String) { #expect(throws: Never.self) { try Self.unit(text) } }

    @Test func nestingIsLimited() {
        let deep = String(repeating: "[", count: RecordJSON.maximumDepth)
        #expect(throws: RecordFailure(.tooDeep, field: "", detail: "")) { try Self.unit(#""x": "# + deep) }
    }
}
