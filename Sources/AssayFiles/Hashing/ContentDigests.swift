/// Digests of a file's content.
struct ContentDigests: Sendable, Equatable {
    /// SHA-256.
    var sha256: [UInt8]
    /// SHA-512, where asked for.
    var sha512: [UInt8] = []
    /// MD5, where a package's manifest asked for it.
    var md5: [UInt8] = []
}
