import AssayBytes
import AssayTestKit
import Testing

@testable import AssayProbes

@Suite("SMBIOS entry point")
struct SMBIOSEntryPointTests {
    @Test("reads the 32-bit form") func bits32() throws {
        let bytes = SMBIOSFixture.entryPoint32(length: 0x1234, count: 77, address: 0xe_a520)
        let entry = try SMBIOSEntryPoint(parsing: bytes.span.bytes)
        #expect(entry.form == .bits32)
        #expect(entry.version == SMBIOSVersion(major: 2, minor: 7))
        #expect(entry.tableLength == 0x1234)
        #expect(entry.structureCount == 77)
        #expect(entry.tableAddress == 0xe_a520)
        #expect(entry.problems.isEmpty)
    }

    @Test("reads the 64-bit form") func bits64() throws {
        let bytes = SMBIOSFixture.entryPoint64(version: (3, 4), length: 0x2_0000, address: 0x3c82_0020)
        let entry = try SMBIOSEntryPoint(parsing: bytes.span.bytes)
        #expect(entry.form == .bits64)
        #expect(entry.version.description == "3.4")
        #expect(entry.tableLength == 0x2_0000)
        #expect(entry.structureCount == nil)
        #expect(entry.tableAddress == 0x3c82_0020)
        #expect(entry.problems.isEmpty)
    }

    @Test("reads the legacy form") func legacy() throws {
        let bytes = Array(SMBIOSFixture.entryPoint32(version: (2, 0), length: 900, count: 20).dropFirst(0x10))
        let entry = try SMBIOSEntryPoint(parsing: bytes.span.bytes)
        #expect(entry.form == .legacy)
        #expect(entry.version.description == "2.0")
        #expect(entry.tableLength == 900)
        #expect(entry.problems.isEmpty)
    }

    @Test(
        "notes a wrong checksum and goes on",
        arguments: [
            SMBIOSFixture.entryPoint32(length: 100, count: 3), SMBIOSFixture.entryPoint64(length: 100),
        ])
    func badChecksum(_ good: [UInt8]) throws {
        var bytes = good
        bytes[0x0b] ^= 0x40
        let entry = try SMBIOSEntryPoint(parsing: bytes.span.bytes)
        #expect(entry.problems == [ParseFailure(.badChecksum, "", at: 0)])
        #expect(entry.tableLength == 100)
    }

    @Test("notes a length that the form cannot have") func badLength() throws {
        var bytes = SMBIOSFixture.entryPoint64(length: 100)
        bytes[6] = 0x40
        #expect(try SMBIOSEntryPoint(parsing: bytes.span.bytes).problems == [ParseFailure(.badLength, "", at: 0)])
    }

    @Test("accepts the length that SMBIOS 2.1 misprinted") func misprintedLength() throws {
        var bytes = SMBIOSFixture.entryPoint32(version: (2, 1), length: 100, count: 3)
        bytes[5] = 0x1e
        bytes[4] &+= 1
        #expect(try SMBIOSEntryPoint(parsing: bytes.span.bytes).problems.isEmpty)
    }

    @Test("refuses what is none", arguments: ["", "_SM", "_SMX_", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"])
    func badMagic(_ text: String) {
        let bytes = Array(text.utf8)
        let expected = ParseFailure(bytes.count < 5 ? .truncated : .badMagic, "", at: 0)
        #expect(throws: expected) { try SMBIOSEntryPoint(parsing: bytes.span.bytes) }
        #expect(!SMBIOSEntryPoint.isPresent(in: bytes))
    }

    @Test("refuses an outer half without the inner one") func missingInner() {
        var bytes = SMBIOSFixture.entryPoint32(length: 100, count: 3)
        bytes[0x12] = 0
        #expect(throws: ParseFailure(.badMagic, "", at: 0)) { try SMBIOSEntryPoint(parsing: bytes.span.bytes) }
    }

    @Test("puts misprinted versions right") func misprints() {
        #expect(SMBIOSVersion(major: 2, minor: 0x1f).description == "2.3")
        #expect(SMBIOSVersion(major: 2, minor: 0x21).description == "2.3")
        #expect(SMBIOSVersion(major: 2, minor: 0x33).description == "2.6")
        #expect(SMBIOSVersion(major: 2, minor: 8) < SMBIOSVersion(major: 3, minor: 0))
    }

    @Test("survives truncation and mutation") func survives() {
        for good in [SMBIOSFixture.entryPoint32(length: 9, count: 1), SMBIOSFixture.entryPoint64(length: 9)] {
            var failures = 0
            ParserTester.truncations(of: good) { bytes in
                if (try? SMBIOSEntryPoint(parsing: bytes)) == nil { failures += 1 }
            }
            #expect(failures >= 0x18)
            ParserTester.mutations(of: good) { _ = try? SMBIOSEntryPoint(parsing: $0) }
        }
    }
}
