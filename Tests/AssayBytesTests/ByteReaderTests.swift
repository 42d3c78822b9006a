import Testing

@testable import AssayBytes

/// The macros of the testing library cannot take a value that borrows; each test reads first and compares then.
@Suite struct ByteReaderTests {
    private let sample: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]

    @Test func readsIntegersInBothOrders() throws {
        var reader = ByteReader(sample.span.bytes)
        let little = (try reader.uint8(), try reader.uint16(), try reader.uint32(), try reader.uint64())
        let left = reader.remaining
        #expect(little == (1, 0x0302, 0x0706_0504, 0x0f0e_0d0c_0b0a_0908))
        #expect(left == 2)
        var other = ByteReader(sample.span.bytes)
        let big = (try other.uint16BigEndian(), try other.uint32BigEndian(), try other.uint64BigEndian())
        #expect(big == (0x0102, 0x0304_0506, 0x0708_090a_0b0c_0d0e))
    }

    @Test func staysWhereItWasWhenBytesAreMissing() throws {
        var reader = ByteReader(sample.span.bytes, at: 15)
        let failure = Self.failure { () throws(ParseFailure) in _ = try reader.uint32("length") }
        let offset = reader.offset
        let last = try reader.uint16()
        let isAtEnd = reader.isAtEnd
        #expect(failure?.code == .truncated)
        #expect(failure?.description == "length: truncated at byte 17")
        #expect(offset == 15)
        #expect(last == 0x1110)
        #expect(isAtEnd)
    }

    @Test func refusesNegativeAndWildCounts() {
        var reader = ByteReader(sample.span.bytes)
        let codes = [
            Self.failure { () throws(ParseFailure) in _ = try reader.bytes(-1) }?.code,
            Self.failure { () throws(ParseFailure) in try reader.skip(.max) }?.code,
            Self.failure { () throws(ParseFailure) in try reader.seek(to: 18) }?.code,
            Self.failure { () throws(ParseFailure) in try reader.seek(to: -1) }?.code,
        ]
        let clamped = ByteReader(sample.span.bytes, at: 99).isAtEnd
        #expect(codes == [.badLength, .truncated, .truncated, .truncated])
        #expect(clamped)
    }

    @Test func guidFormsOfTheStandards() throws {
        let bytes: [UInt8] = [
            0x61, 0xdf, 0xe4, 0x8b, 0xca, 0x93, 0xd2, 0x11, 0xaa, 0x0d, 0x00, 0xe0, 0x98, 0x03, 0x2b, 0x8c,
        ]
        var reader = ByteReader(bytes.span.bytes)
        let mixed = try reader.guid()
        #expect(mixed.description == "8be4df61-93ca-11d2-aa0d-00e098032b8c")
        #expect(GUID(networkOrder: bytes).description == "61dfe48b-ca93-d211-aa0d-00e098032b8c")
        #expect(GUID(mixedEndian: []).description == "00000000-0000-0000-0000-000000000000")
    }

    private static func failure(_ body: () throws(ParseFailure) -> Void) -> ParseFailure? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }
}

@Suite struct HexTests {
    @Test func spellsAndReads() {
        #expect(Hex.string([0x00, 0xab, 0x0f]) == "00ab0f")
        #expect(Hex.string(UInt16(0x86)) == "0086")
        #expect(Hex.string(UInt32(0xdead_beef)) == "deadbeef")
        #expect(Hex.bytes("00aB0f") == [0x00, 0xab, 0x0f])
        #expect(Hex.bytes("abc") == nil)
        #expect(Hex.bytes("0g") == nil)
        #expect(Hex.bytes("") == [])
    }
}

@Suite struct CyclicRedundancyCheckTests {
    // Published vectors: CMD0 of the SD Physical Layer specification, and the check value of CRC-32/ISO-HDLC.
    @Test func knownVectors() {
        #expect(CyclicRedundancyCheck.crc7([0x40, 0, 0, 0, 0]) == 0x4a)
        #expect(CyclicRedundancyCheck.crc32(Array("123456789".utf8)) == 0xcbf4_3926)
        #expect(CyclicRedundancyCheck.crc32([]) == 0)
    }
}
