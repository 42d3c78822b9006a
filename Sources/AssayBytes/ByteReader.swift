/// A cursor over borrowed bytes that never reads outside of them.
///
/// Integers are little-endian unless the name says otherwise. Every read that would pass the end throws
/// ``ParseFailure/Code/truncated`` and leaves the cursor where it was.
public struct ByteReader: ~Escapable {
    private let bytes: RawSpan
    /// Offset of the next unread byte, from the start of the span.
    public private(set) var offset: Int

    /// Starts reading `bytes` at `offset`, which is clamped to the span.
    @_lifetime(copy bytes)
    public init(_ bytes: RawSpan, at offset: Int = 0) {
        self.bytes = bytes
        self.offset = min(max(0, offset), bytes.byteCount)
    }

    /// Number of bytes in the whole span.
    public var count: Int { bytes.byteCount }
    /// Number of bytes not yet read.
    public var remaining: Int { bytes.byteCount - offset }
    /// Whether every byte was read.
    public var isAtEnd: Bool { remaining == 0 }

    /// Moves forward by `count` bytes.
    public mutating func skip(_ count: Int, _ what: @autoclosure () -> String = "bytes") throws(ParseFailure) {
        try need(count, what())
        offset += count
    }

    /// Moves to `position`, an offset from the start of the span.
    public mutating func seek(to position: Int, _ what: @autoclosure () -> String = "offset") throws(ParseFailure) {
        guard position >= 0, position <= bytes.byteCount else {
            throw ParseFailure(.truncated, what(), at: bytes.byteCount)
        }
        offset = position
    }

    /// Reads one unsigned byte.
    public mutating func uint8(_ what: @autoclosure () -> String = "byte") throws(ParseFailure) -> UInt8 {
        try load(UInt8.self, what())
    }

    /// Reads a little-endian 16-bit integer.
    public mutating func uint16(_ what: @autoclosure () -> String = "word") throws(ParseFailure) -> UInt16 {
        UInt16(littleEndian: try load(UInt16.self, what()))
    }

    /// Reads a little-endian 32-bit integer.
    public mutating func uint32(_ what: @autoclosure () -> String = "dword") throws(ParseFailure) -> UInt32 {
        UInt32(littleEndian: try load(UInt32.self, what()))
    }

    /// Reads a little-endian 64-bit integer.
    public mutating func uint64(_ what: @autoclosure () -> String = "qword") throws(ParseFailure) -> UInt64 {
        UInt64(littleEndian: try load(UInt64.self, what()))
    }

    /// Reads a big-endian 16-bit integer.
    public mutating func uint16BigEndian(
        _ what: @autoclosure () -> String = "word"
    ) throws(ParseFailure) -> UInt16 {
        UInt16(bigEndian: try load(UInt16.self, what()))
    }

    /// Reads a big-endian 32-bit integer.
    public mutating func uint32BigEndian(
        _ what: @autoclosure () -> String = "dword"
    ) throws(ParseFailure) -> UInt32 {
        UInt32(bigEndian: try load(UInt32.self, what()))
    }

    /// Reads a big-endian 64-bit integer.
    public mutating func uint64BigEndian(
        _ what: @autoclosure () -> String = "qword"
    ) throws(ParseFailure) -> UInt64 {
        UInt64(bigEndian: try load(UInt64.self, what()))
    }

    /// Reads `count` bytes into an array of their own.
    public mutating func bytes(
        _ count: Int, _ what: @autoclosure () -> String = "bytes"
    ) throws(ParseFailure) -> [UInt8] {
        try need(count, what())
        let part = bytes.extracting(offset..<(offset + count))
        offset += count
        return part.withUnsafeBytes { [UInt8]($0) }
    }

    /// Reads `count` bytes without copying them.
    @_lifetime(copy self)
    public mutating func span(
        _ count: Int, _ what: @autoclosure () -> String = "bytes"
    ) throws(ParseFailure) -> RawSpan {
        try need(count, what())
        let part = bytes.extracting(offset..<(offset + count))
        offset += count
        return part
    }

    /// Reads a GUID in the mixed-endian form of the UEFI specification, appendix A.
    public mutating func guid(_ what: @autoclosure () -> String = "guid") throws(ParseFailure) -> GUID {
        GUID(mixedEndian: try bytes(16, what()))
    }

    private func need(_ count: Int, _ what: @autoclosure () -> String) throws(ParseFailure) {
        guard count >= 0 else { throw ParseFailure(.badLength, what(), at: offset) }
        guard count <= remaining else { throw ParseFailure(.truncated, what(), at: bytes.byteCount) }
    }

    private mutating func load<T: FixedWidthInteger & BitwiseCopyable>(
        _ type: T.Type, _ what: @autoclosure () -> String
    ) throws(ParseFailure) -> T {
        try need(MemoryLayout<T>.size, what())
        let value = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
        offset += MemoryLayout<T>.size
        return value
    }
}
