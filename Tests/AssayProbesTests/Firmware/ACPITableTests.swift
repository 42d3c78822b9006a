import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

/// Builds tables with a right checksum.
enum ACPITableBytes {
    static func table(_ signature: String, _ body: [UInt8] = [], length: Int? = nil) -> [UInt8] {
        let size = length ?? 36 + body.count
        var bytes = Array(signature.utf8) + (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
        bytes += [2, 0] + Array("MAKER ".utf8) + Array("MODEL   ".utf8) + [1, 0, 0, 0]
        bytes += Array("COMP".utf8) + [4, 3, 2, 1] + body
        bytes[9] = 0 &- bytes.reduce(0 as UInt8, &+)
        return bytes
    }
}

@Suite struct ACPITableTests {
    @Test func readsAHeader() throws {
        let bytes = ACPITableBytes.table("SSDT", [1, 2, 3]) + [9, 9]
        let table = try ACPITable(parsing: bytes.span.bytes)
        #expect(table.signature == "SSDT" && table.length == 39 && table.revision == 2)
        #expect(table.oemID == "MAKER " && table.oemTableID == "MODEL   " && table.oemRevision == 1)
        #expect(table.creatorID == "COMP" && table.creatorRevision == 0x0102_0304)
        #expect(table.isChecksumRight)
        var damaged = bytes
        damaged[36] = 7
        #expect(try !ACPITable(parsing: damaged.span.bytes).isChecksumRight)
    }

    @Test(arguments: [
        (ACPITableBytes.table("SS\u{1}T"), ParseFailure.Code.badMagic),
        (ACPITableBytes.table("SSDT", length: 35), .badLength),
        (ACPITableBytes.table("SSDT", length: 37), .truncated), (Array("SSDT".utf8), .truncated), ([], .truncated),
    ])
    func refusesWhatIsNoTable(_ bytes: [UInt8], _ code: ParseFailure.Code) {
        #expect(throws: ParseFailure(code, "", at: 0)) { try ACPITable(parsing: bytes.span.bytes) }
    }

    @Test("reads real tables", .enabled(if: Corpus.isAvailable), arguments: ["DMAR", "FACP", "PHAT"])
    func readsTheCorpus(_ name: String) throws {
        let bytes = try Corpus.bytes("efi/acpi/" + name)
        let table = try ACPITable(parsing: bytes.span.bytes)
        #expect(table.signature == name)
        #expect(name == "PHAT" || table.length == bytes.count)
        #expect(table.isChecksumRight)
    }

    @Test func survivesAnything() {
        let parse = { (bytes: RawSpan) in _ = try? ACPITable(parsing: bytes) }
        ParserTester.truncations(of: ACPITableBytes.table("SSDT", [1, 2]), parse)
        ParserTester.mutations(of: ACPITableBytes.table("SSDT", [1, 2]), parse)
    }
}
