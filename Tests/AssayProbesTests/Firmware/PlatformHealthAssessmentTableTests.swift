import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite struct PlatformHealthAssessmentTableTests {
    private static func record(_ type: UInt8, _ body: [UInt8], length: Int? = nil) -> [UInt8] {
        let size = length ?? body.count + 5
        return [type, 0, UInt8(truncatingIfNeeded: size), UInt8(truncatingIfNeeded: size >> 8), 1] + body
    }

    private static func versions(_ elements: [UInt8], count: UInt8? = nil) -> [UInt8] {
        var bodies: [UInt8] = []
        for element in elements {
            bodies += [UInt8](repeating: element, count: 16) + [element, 0, 0, 0, 0, 0, 0, 1] + Array("MAKR".utf8)
        }
        return record(0, [0, 0, 0, count ?? UInt8(elements.count), 0, 0, 0] + bodies)
    }

    @Test func readsVersionsAroundOtherRecords() throws {
        let bytes = ACPITableBytes.table(
            "PHAT", Self.versions([0x11, 0x22]) + Self.record(1, [9, 9, 9]) + Self.versions([0x33]))
        let table = try PlatformHealthAssessmentTable(parsing: bytes.span.bytes)
        #expect(table.versions.map(\.version) == [0x0100_0000_0000_0011, 0x0100_0000_0000_0022, 0x0100_0000_0000_0033])
        #expect(table.versions.first?.component.description == "11111111-1111-1111-1111-111111111111")
        #expect(table.versions.first?.producer == "MAKR")
    }

    @Test(arguments: [
        (record(1, [], length: 4), ParseFailure.Code.badLength), (record(1, [], length: 60), .badLength),
        (versions([1], count: 2), .badLength), ([0, 0, 9], .truncated),
        (record(0, [0, 0, 0, 0xff, 0xff, 0xff, 0xff]), .badLength),
    ])
    func refusesDamagedRecords(_ records: [UInt8], _ code: ParseFailure.Code) {
        let bytes = ACPITableBytes.table("PHAT", records)
        #expect(throws: ParseFailure(code, "", at: 0)) {
            try PlatformHealthAssessmentTable(parsing: bytes.span.bytes)
        }
    }

    @Test func refusesAnotherTable() {
        let bytes = ACPITableBytes.table("SSDT")
        #expect(throws: ParseFailure(.badMagic, "", at: 0)) {
            try PlatformHealthAssessmentTable(parsing: bytes.span.bytes)
        }
    }

    @Test("reads a real table", .enabled(if: Corpus.isAvailable)) func readsTheCorpus() throws {
        let bytes = try Corpus.bytes("efi/acpi/PHAT")
        let table = try PlatformHealthAssessmentTable(parsing: bytes.span.bytes)
        #expect(table.versions.count == 35)
        #expect(table.versions.allSatisfy { $0.producer == "INTC" })
        #expect(table.versions.first?.component.description == "dc4f0355-5297-4edb-b4d7-9b83615136e4")
        #expect(table.versions.first?.version == 0x2_0000_1307)
    }

    @Test func survivesAnything() {
        let bytes = ACPITableBytes.table("PHAT", Self.versions([1, 2]) + Self.record(1, [9]))
        let parse = { (bytes: RawSpan) in _ = try? PlatformHealthAssessmentTable(parsing: bytes) }
        ParserTester.truncations(of: bytes, parse)
        ParserTester.mutations(of: bytes, parse)
    }
}
