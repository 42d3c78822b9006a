internal import AssayModel
internal import Crypto

/// A SHA-256 that grows with what is read.
struct StreamingDigest {
    private var hash = SHA256()

    mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hash.update(bufferPointer: $0) } }

    func finish() -> ContentDigest { ContentDigest(bytes: hash.finalize()) }
}
