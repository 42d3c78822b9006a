internal import AssayHost
internal import Glibc

/// Cuts files into lines through one buffer that is reused from file to file, so that no file ever stands in memory
/// whole.
struct LineScanner {
    /// Longest line in bytes; of a longer one the beginning is handed out, marked as cut.
    static let lineLimit = 1 << 16

    private var buffer = [UInt8](repeating: 0, count: lineLimit)

    /// Hands every line of `file` to `body`, without its line feed, and whether it is whole.
    ///
    /// More than `limit` bytes are ``HostFailure/Code/tooLarge``, after the lines before the limit were handed out.
    mutating func scan(
        _ file: borrowing Descriptor, limit: Int, _ body: (Span<UInt8>, Bool) -> Void
    ) throws(HostFailure) {
        var left = limit
        let path = file.path
        var failure: HostFailure?
        scan(
            reading: { buffer in
                guard failure == nil else { return 0 }
                do throws(HostFailure) {
                    let got = try file.read(into: buffer)
                    left -= got
                    if left < 0 { throw HostFailure(.tooLarge, path: path) }
                    return got
                } catch {
                    failure = error
                    return 0
                }
            }, body)
        if let failure { throw failure }
    }

    /// Hands every line of `bytes` to `body`, as ``scan(_:limit:_:)`` does for a file.
    mutating func scan(_ bytes: RawSpan, _ body: (Span<UInt8>, Bool) -> Void) {
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            scan(
                reading: { buffer in
                    let count = min(buffer.count, bytes.count - offset)
                    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)]))
                    offset += count
                    return count
                }, body)
        }
    }

    private mutating func scan(
        reading read: (UnsafeMutableRawBufferPointer) -> Int, _ body: (Span<UInt8>, Bool) -> Void
    ) {
        buffer.withUnsafeMutableBytes { buffer in
            var filled = 0
            var isSkipping = false
            while true {
                let got = read(UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
                guard got > 0 else { break }
                filled += got
                let rest = Self.lines(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), &isSkipping, body)
                filled -= rest
                if filled == buffer.count {
                    Self.hand(UnsafeRawBufferPointer(buffer), isWhole: false, isSkipping, body)
                    isSkipping = true
                    filled = 0
                }
                guard rest > 0, filled > 0, let base = buffer.baseAddress else { continue }
                memmove(base, base + rest, filled)
            }
            guard filled > 0 else { return }
            Self.hand(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), isWhole: true, isSkipping, body)
        }
    }

    /// Hands out the lines that end in `bytes` and returns the offset behind the last of them.
    private static func lines(
        _ bytes: UnsafeRawBufferPointer, _ isSkipping: inout Bool, _ body: (Span<UInt8>, Bool) -> Void
    ) -> Int {
        guard let base = bytes.baseAddress else { return 0 }
        var start = 0
        while start < bytes.count, let found = memchr(base + start, 0x0a, bytes.count - start) {
            let end = UnsafeRawPointer(found) - base
            hand(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), isWhole: true, isSkipping, body)
            isSkipping = false
            start = end + 1
        }
        return start
    }

    private static func hand(
        _ line: UnsafeRawBufferPointer, isWhole: Bool, _ isSkipping: Bool, _ body: (Span<UInt8>, Bool) -> Void
    ) {
        if !isSkipping { body(line.bindMemory(to: UInt8.self).span, isWhole) }
    }
}
