internal import CZlib

/// Compresses a stream into one gzip member (RFC 1952) piece by piece.
// The z_stream lives at one address of its own, owned by this value alone: zlib checks that it never moves.
// Unchecked, because the compiler cannot see that a value that cannot be copied is the pointer's only holder.
package struct GzipWriter: ~Copyable, @unchecked Sendable {
    private static let pieceSize = 16 << 10

    private let stream: UnsafeMutablePointer<z_stream>
    private var isFinished = false

    /// Starts a member; `level` goes from 1, fast, to 9, small.
    package init(level: Int32 = 6) throws(ReportFailure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for a gzip header instead of a zlib one (zlib.h, deflateInit2).
        let result = deflateInit2_(
            stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else {
            stream.deallocate()
            throw ReportFailure(.tooLarge, "no memory for compression")
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes more bytes and returns what came out of the compressor meanwhile.
    package mutating func write(_ bytes: [UInt8]) -> [UInt8] { isFinished ? [] : run(bytes, Z_NO_FLUSH) }

    /// Ends the member and returns its last bytes.
    package mutating func finish() -> [UInt8] {
        guard !isFinished else { return [] }
        isFinished = true
        return run([], Z_FINISH)
    }

    /// Compresses `bytes` as a whole.
    package static func compress(_ bytes: [UInt8], level: Int32 = 6) throws(ReportFailure) -> [UInt8] {
        var writer = try GzipWriter(level: level)
        let start = writer.write(bytes)
        return start + writer.finish()
    }

    private mutating func run(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var output: [UInt8] = []
        bytes.withUnsafeBufferPointer { source in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.pointee.avail_in = UInt32(clamping: source.count)
            var isFull = true
            while isFull {
                let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
                    stream.pointee.next_out = buffer.baseAddress
                    stream.pointee.avail_out = UInt32(buffer.count)
                    _ = deflate(stream, flush)
                    filled = buffer.count - Int(stream.pointee.avail_out)
                }
                isFull = piece.count == Self.pieceSize
                output += piece
            }
        }
        return output
    }
}
