internal import Crypto

extension ContentDigest {
    /// SHA-256 of `bytes`.
    public static func sha256(of bytes: some Sequence<UInt8>) -> ContentDigest {
        var hash = SHA256()
        if bytes.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
            hash.update(data: Array(bytes))
        }
        return ContentDigest(bytes: hash.finalize())
    }
}
