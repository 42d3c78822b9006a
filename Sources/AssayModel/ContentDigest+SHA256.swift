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

    /// Wraps the 32 bytes of a SHA-256.
    public init(bytes: some Sequence<UInt8>) {
        var hex = ""
        hex.reserveCapacity(64)
        for byte in bytes {
            if byte < 16 { hex += "0" }
            hex += String(byte, radix: 16)
        }
        self.init(sha256Hex: hex)
    }
}
