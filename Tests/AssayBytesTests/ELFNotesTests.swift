import AssayBytes
import AssayTestKit
import Testing

@Suite struct ELFNotesTests {
    private static func note(_ name: String, _ type: UInt8, _ descriptor: [UInt8], isBigEndian: Bool = false) -> [UInt8]
    {
        let nameBytes = Array(name.utf8) + [0]
        var bytes: [UInt8] = []
        for number in [UInt8(nameBytes.count), UInt8(descriptor.count), type] {
            bytes += isBigEndian ? [0, 0, 0, number] : [number, 0, 0, 0]
        }
        for part in [nameBytes, descriptor] { bytes += part + [UInt8](repeating: 0, count: (4 - part.count % 4) % 4) }
        return bytes
    }

    @Test("finds the build-id behind other notes", arguments: [false, true])
    func findsTheBuildID(_ isBigEndian: Bool) throws {
        let bytes =
            Self.note("Linux", 1, [1], isBigEndian: isBigEndian)
            + Self.note("GNU", 5, [1, 2], isBigEndian: isBigEndian)
            + Self.note("GNU", 3, [0xab, 0xcd, 0xef], isBigEndian: isBigEndian)
        #expect(try ELFNotes.gnuBuildID(in: bytes.span.bytes, isBigEndian: isBigEndian) == [0xab, 0xcd, 0xef])
        #expect(try ELFNotes.gnuBuildID(inNativeNotes: bytes.span.bytes) == [0xab, 0xcd, 0xef])
    }

    @Test func knowsEightByteAlignment() throws {
        // Name and descriptor of the property note are padded to eight bytes, counted from the start of the segment.
        let property: [UInt8] =
            [4, 0, 0, 0, 12, 0, 0, 0, 5, 0, 0, 0, 0x47, 0x4e, 0x55, 0] + [UInt8](repeating: 7, count: 16)
        let bytes = property + [4, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0x47, 0x4e, 0x55, 0, 0xaa, 0xbb]
        #expect(try ELFNotes.gnuBuildID(in: bytes.span.bytes, alignment: 8) == [0xaa, 0xbb])
    }

    @Test func tellsAbsenceFromDamage() throws {
        let other = Self.note("Xen", 3, [1])
        let empty: [UInt8] = []
        #expect(try ELFNotes.gnuBuildID(in: other.span.bytes) == nil)
        #expect(try ELFNotes.gnuBuildID(in: empty.span.bytes) == nil)
        let long = Array(Self.note("GNU", 3, [1, 2, 3, 4]).dropLast(2))
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try ELFNotes.gnuBuildID(in: long.span.bytes) }
        let zero = Self.note("GNU", 3, [])
        #expect(throws: ParseFailure(.badLength, "", at: 0)) { try ELFNotes.gnuBuildID(in: zero.span.bytes) }
        let huge: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 3, 0, 0, 0]
        #expect(throws: ParseFailure(.truncated, "", at: 0)) { try ELFNotes.gnuBuildID(in: huge.span.bytes) }
    }

    @Test func survivesAnything() {
        let input = Self.note("Linux", 1, [1, 2, 3]) + Self.note("GNU", 3, [9, 9, 9, 9])
        let parse = { (bytes: RawSpan) in _ = try? ELFNotes.gnuBuildID(inNativeNotes: bytes) }
        ParserTester.truncations(of: input, parse)
        ParserTester.mutations(of: input, parse)
    }
}
