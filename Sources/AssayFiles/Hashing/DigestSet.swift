internal import Crypto

/// The hash functions that run over a file side by side.
struct DigestSet {
    private var sha256 = SHA256()
    private var sha512: SHA512?
    private var md5: Insecure.MD5?

    /// Starts the functions that are wanted; SHA-256 always is.
    init(sha512: Bool, md5: Bool) {
        self.sha512 = sha512 ? SHA512() : nil
        self.md5 = md5 ? Insecure.MD5() : nil
    }

    /// Feeds a part of the content.
    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        sha256.update(bufferPointer: bytes)
        sha512?.update(bufferPointer: bytes)
        md5?.update(bufferPointer: bytes)
    }

    /// The digests of everything that was fed.
    consuming func finish() -> ContentDigests {
        ContentDigests(
            sha256: Array(sha256.finalize()), sha512: sha512.map { Array($0.finalize()) } ?? [],
            md5: md5.map { Array($0.finalize()) } ?? [])
    }
}
