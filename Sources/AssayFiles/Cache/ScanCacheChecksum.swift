internal import CZlib

/// CRC-32 over parts of the cache: it finds damage, not forgery; whoever can write the cache can write the report too.
enum ScanCacheChecksum {
    /// Checksum of `bytes`.
    static func of(_ bytes: RawSpan) -> UInt32 {
        bytes.withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: UInt8.self).baseAddress
            return UInt32(truncatingIfNeeded: crc32_z(0, start, buffer.count))
        }
    }
}
