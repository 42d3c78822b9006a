import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct EFILoadOptionTests {
    @Test func readsAttributesAndDescription() throws {
        let bytes: [UInt8] = [1, 0, 0, 0, 2, 0, 0x41, 0, 0xe4, 0, 0, 0, 0x7f, 0xff, 9]
        let option = try EFILoadOption(parsing: bytes.span.bytes)
        #expect(option.isActive)
        #expect(option.description == "Aä")
    }

    @Test func refusesWhatIsTooShort() {
        let open: [UInt8] = [0, 0, 0, 0, 0, 0, 0x41, 0]
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try EFILoadOption(parsing: open.span.bytes) }
        let path: [UInt8] = [0, 0, 0, 0, 9, 0, 0, 0]
        #expect(throws: ParseFailure(.badLength, "", at: 0)) { try EFILoadOption(parsing: path.span.bytes) }
    }

    @Test(
        "reads real options", .enabled(if: Corpus.isAvailable),
        arguments: [
            ("Boot0000", "Linux-Firmware-Updater"), ("Boot0002", "Windows Boot Manager"),
        ])
    func readsTheCorpus(_ name: String, _ description: String) throws {
        let bytes = Array(
            try Corpus.bytes("efi/efivars-fwupd/\(name)-8be4df61-93ca-11d2-aa0d-00e098032b8c").dropFirst(4))
        #expect(try EFILoadOption(parsing: bytes.span.bytes).description == description)
    }

    @Test func survivesAnything() {
        let input: [UInt8] = [1, 0, 0, 0, 2, 0, 0x41, 0, 0, 0xd8, 0, 0, 1, 2]
        let parse = { (bytes: RawSpan) in _ = try? EFILoadOption(parsing: bytes) }
        ParserTester.truncations(of: input, parse)
        ParserTester.mutations(of: input, parse)
    }
}
