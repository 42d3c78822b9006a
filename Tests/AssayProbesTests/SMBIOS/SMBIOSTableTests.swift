import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite("SMBIOS table")
struct SMBIOSTableTests {
    private func table(_ bytes: [UInt8], count: Int? = nil) -> SMBIOSTable {
        SMBIOSTable(parsing: bytes.span.bytes, count: count)
    }

    @Test("tells structures and their strings apart") func structures() {
        let parsed = table(SMBIOSFixture.machine)
        #expect(parsed.structures.map(\.type) == [0, 1, 2, 3, 17, 17, 221, 127])
        #expect(parsed.structures.map(\.handle) == [0, 1, 2, 3, 0x11, 0x12, 0x30, 0xfeff])
        #expect(parsed.structures[3].strings == ["Advantech", "C0001"])
        #expect(parsed.structures[6].strings == [])
        #expect(parsed.structures[6].formatted == [221, 7, 0x30, 0, 1, 2, 3])
        #expect(parsed.problems.isEmpty)
    }

    @Test("stops at the end-of-table structure unless a count says that more follow") func endOfTable() {
        let more = SMBIOSFixture.machine + SMBIOSFixture.structure(11, handle: 0x40, [1], strings: ["late"])
        #expect(table(more).structures.count == 8)
        #expect(table(more, count: 9).structures.last?.strings == ["late"])
        #expect(table(more, count: 9).problems.isEmpty)
        #expect(table(more + [0, 0, 0, 0, 0], count: 9).problems.isEmpty)
    }

    @Test("notes that the structures are not as many as declared") func countMismatch() {
        let parsed = table(SMBIOSFixture.machine, count: 12)
        #expect(parsed.structures.count == 8)
        #expect(parsed.problems == [ParseFailure(.badValue, "", at: 0)])
        #expect(parsed.problems.first?.what == "structure count: 12 declared, 8 found")
        let fewer = table(SMBIOSFixture.machine, count: 3)
        #expect(fewer.structures.count == 8)
        #expect(fewer.problems.first?.what == "structure count: 3 declared, 8 found")
    }

    @Test("stops at a header that is shorter than a header") func shortLength() {
        let parsed = table(
            Array(SMBIOSFixture.machine.prefix(SMBIOSFixture.machine.count - 6)) + [9, 3, 0x55, 0, 0, 0])
        #expect(parsed.structures.count == 7)
        #expect(parsed.problems == [ParseFailure(.badLength, "", at: 0)])
        #expect(parsed.problems.first?.what == "type 9 handle 0x0055")
    }

    @Test("keeps what is there of a structure that is cut off") func cutOff() {
        let cut = table([4, 0x30, 7, 0, 1, 2, 3])
        #expect(cut.structures.first?.formatted == [4, 0x30, 7, 0, 1, 2, 3])
        #expect(cut.problems.first == ParseFailure(.truncated, "", at: 0))
        let unterminated = table([11, 5, 7, 0, 1] + Array("text".utf8))
        #expect(unterminated.structures.first?.strings == ["text"])
        #expect(unterminated.problems.first == ParseFailure(.truncated, "", at: 0))
    }

    @Test("ends the string set at an empty string, and the structure at two zeroes") func oddStrings() {
        let parsed = table([11, 5, 7, 0, 1, 0, 65, 0, 0] + SMBIOSFixture.end)
        #expect(parsed.structures.first?.strings == [])
        #expect(parsed.structures.count == 2)
        #expect(parsed.problems.isEmpty)
    }

    @Test("reads no more structures than the limit") func structureLimit() {
        let many = [UInt8](
            repeatElement([126, 4, 0, 0, 0, 0] as [UInt8], count: SMBIOSTable.structureLimit + 5).joined())
        let parsed = table(many)
        #expect(parsed.structures.count == SMBIOSTable.structureLimit)
        #expect(parsed.problems == [ParseFailure(.tooLarge, "", at: 0)])
    }

    @Test("an empty table has a problem, not structures") func empty() {
        #expect(table([]).structures.isEmpty)
        #expect(table([]).problems == [ParseFailure(.truncated, "", at: 0)])
    }

    @Test("the digest covers formatted area and strings") func digest() {
        let one = table(SMBIOSFixture.structure(11, handle: 1, [1], strings: ["a"]) + SMBIOSFixture.end)
        let two = table(SMBIOSFixture.structure(11, handle: 1, [1], strings: ["b"]) + SMBIOSFixture.end)
        #expect(one.structures.first?.digest != two.structures.first?.digest)
    }

    /// Decodes everything that the parser finds.
    private static func decode(_ bytes: RawSpan, count: Int?) -> Int {
        let table = SMBIOSTable(parsing: bytes, count: count)
        return table.structures.map { SMBIOSRecord($0, version: .assumed).attributes.count }.reduce(0, +)
    }

    @Test("survives truncation at every byte, and says so") func truncation() {
        ParserTester.truncations(of: SMBIOSFixture.machine) { bytes in
            _ = Self.decode(bytes, count: 8)
            let parsed = SMBIOSTable(parsing: bytes)
            #expect(parsed.problems.isEmpty == (bytes.byteCount == SMBIOSFixture.machine.count))
        }
    }

    @Test("survives mutation of every decoded type") func mutation() {
        var all: [UInt8] = []
        for (index, type) in SMBIOSPart.byType.keys.sorted().enumerated() {
            let fields = (0..<0x60).map { UInt8(($0 * 7 + index) & 0xff) }
            all += SMBIOSFixture.structure(type, handle: UInt16(index), fields, strings: ["one", "two", "three"])
        }
        all += SMBIOSFixture.end
        #expect(Self.decode(all.span.bytes, count: nil) > 200)
        ParserTester.mutations(of: all, count: 300) { _ = Self.decode($0, count: nil) }
        ParserTester.mutations(of: SMBIOSFixture.machine, count: 1000, seed: 7) { _ = Self.decode($0, count: 8) }
    }

    @Test("survives fields of every value") func everyValue() {
        for type in SMBIOSPart.byType.keys.sorted() {
            for value in 0...UInt8.max {
                for length in [1, 9, 0x60] {
                    let bytes = SMBIOSFixture.structure(
                        type, handle: 1, [UInt8](repeating: value, count: length), strings: ["x"])
                    _ = Self.decode(bytes.span.bytes, count: 1)
                }
            }
        }
    }
}
