/// The one buffer that a worker reads every file through.
final class ReadBuffer {
    /// Bytes of one read: small enough to stay in the second-level cache between reading and hashing.
    static let size = 256 << 10

    /// The memory.
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)

    deinit { bytes.deallocate() }
}
