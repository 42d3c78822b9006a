internal import CZlib

/// Decompresses one gzip member (RFC 1952) piece by piece under limits, so that a small body cannot become a large one.
// The z_stream lives at one address of its own, owned by this value alone: zlib checks that it never moves.
// Unchecked, because the compiler cannot see that a value that cannot be copied is the pointer's only holder.
package struct GzipReader: ~Copyable, @unchecked Sendable {
    /// How much may come out.
    package struct Limits: Sendable, Hashable {
        /// Most bytes that come out of the whole stream.
        package var size: Int
        /// Most bytes out for each byte in, once ``freeSize`` bytes are out.
        package var ratio: Int
        /// Bytes that may come out whatever the ratio.
        package var freeSize: Int

        /// Limits for a stream; JSON Lines of an inventory compress to about a tenth, seldom below a hundredth.
        package init(size: Int, ratio: Int = 200, freeSize: Int = 1 << 20) {
            self.size = size
            self.ratio = ratio
            self.freeSize = freeSize
        }
    }

    private static let pieceSize = 64 << 10

    private let stream: UnsafeMutablePointer<z_stream>
    private let limits: Limits
    /// Compressed bytes taken so far.
    package private(set) var consumed = 0
    /// Decompressed bytes given so far.
    package private(set) var produced = 0
    private var isAtEnd = false

    /// Starts a stream.
    package init(limits: Limits) throws(ReportFailure) {
        self.limits = limits
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            throw ReportFailure(.tooLarge, "no memory for decompression")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Takes compressed bytes and hands on what comes out, at most 64 KiB at a time.
    package mutating func read(_ bytes: [UInt8], _ sink: ([UInt8]) throws -> Void) throws {
        guard !bytes.isEmpty else { return }
        guard !isAtEnd else { throw ReportFailure(.malformed, "bytes after the gzip stream") }
        consumed += bytes.count
        try bytes.withUnsafeBufferPointer { source in
            stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            stream.pointee.avail_in = UInt32(clamping: source.count)
            var mayHoldMore = true
            while mayHoldMore {
                let piece = try inflatePiece()
                if !piece.isEmpty { try sink(piece) }
                mayHoldMore = !isAtEnd && (piece.count == Self.pieceSize || stream.pointee.avail_in > 0)
            }
            guard !isAtEnd || stream.pointee.avail_in == 0 else {
                throw ReportFailure(.malformed, "bytes after the gzip stream")
            }
        }
    }

    /// Checks that the stream ended where its trailer says.
    package func finish() throws(ReportFailure) {
        guard isAtEnd else { throw ReportFailure(.truncated, "gzip stream") }
    }

    /// Decompresses `bytes` as a whole.
    package static func decompress(_ bytes: [UInt8], limits: Limits) throws -> [UInt8] {
        var reader = try GzipReader(limits: limits)
        var output: [UInt8] = []
        try reader.read(bytes) { output += $0 }
        try reader.finish()
        return output
    }

    private mutating func inflatePiece() throws(ReportFailure) -> [UInt8] {
        var result = Z_OK
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(buffer.count)
            result = inflate(stream, Z_NO_FLUSH)
            filled = buffer.count - Int(stream.pointee.avail_out)
        }
        // Z_BUF_ERROR only says that there was nothing to do; more input may come.
        guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
            throw ReportFailure(.malformed, "gzip stream")
        }
        isAtEnd = result == Z_STREAM_END
        produced += piece.count
        guard produced <= limits.size else {
            throw ReportFailure(.tooLarge, "more than \(limits.size) bytes once decompressed")
        }
        guard produced <= limits.freeSize || produced / limits.ratio <= consumed else {
            throw ReportFailure(.tooLarge, "compressed beyond 1 to \(limits.ratio)")
        }
        return piece
    }
}
