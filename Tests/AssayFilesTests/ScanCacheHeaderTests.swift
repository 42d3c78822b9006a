import AssayBytes
import AssayTestKit
import Testing

@testable import AssayFiles

@Suite struct ScanCacheHeaderTests {
    private static var header: ScanCacheHeader {
        var header = ScanCacheHeader(options: 1, scan: 42)
        header.records = 1 << 40
        header.files = 100_000
        return header
    }

    @Test func decodesWhatWasEncoded() throws {
        let bytes = Self.header.encoded()
        #expect(bytes.count == ScanCacheHeader.size)
        #expect(try ScanCacheHeader(parsing: bytes.span.bytes) == Self.header)
    }

    @Test func everyFlippedByteIsNoticed() {
        let bytes = Self.header.encoded()
        for position in bytes.indices {
            var damaged = bytes
            damaged[position] ^= 0x10
            let code: ParseFailure.Code = position < 8 ? .badMagic : .badChecksum
            #expect(throws: ParseFailure(code, "", at: 0)) { try ScanCacheHeader(parsing: damaged.span.bytes) }
        }
    }

    @Test func anotherRevisionIsUnsupported() {
        var bytes = Array(Self.header.encoded().dropLast(4))
        bytes[8] = 0xee
        bytes.appendLittleEndian(ScanCacheChecksum.of(bytes.span.bytes))
        #expect(throws: ParseFailure(.unsupported, "", at: 0)) { try ScanCacheHeader(parsing: bytes.span.bytes) }
    }

    @Test func survivesDamage() {
        ParserTester.truncations(of: Self.header.encoded()) { _ = try? ScanCacheHeader(parsing: $0) }
        ParserTester.mutations(of: Self.header.encoded()) { _ = try? ScanCacheHeader(parsing: $0) }
    }
}
