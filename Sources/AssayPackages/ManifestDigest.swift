/// Digest of a file as the manifest of its package states it, in the algorithm that the package manager chose.
package struct ManifestDigest: Sendable, Hashable {
    /// How the digest was made.
    package enum Algorithm: UInt32, Sendable, Hashable, CaseIterable {
        /// MD5, in `*.md5sums` and `Conffiles` of dpkg.
        case md5 = 1
        /// SHA-256, in rpm headers.
        case sha256 = 2

        /// Number of bytes of a digest.
        package var byteCount: Int {
            switch self {
            case .md5: 16
            case .sha256: 32
            }
        }
    }

    /// How the digest was made.
    package let algorithm: Algorithm
    /// The bytes in native words; unused words are zero.
    let words: (UInt64, UInt64, UInt64, UInt64)

    init(algorithm: Algorithm, words: (UInt64, UInt64, UInt64, UInt64)) {
        self.algorithm = algorithm
        self.words = words
    }

    /// Wraps the bytes of a digest; nil when their number is not that of the algorithm.
    package init?(_ algorithm: Algorithm, bytes: UnsafeRawBufferPointer) {
        guard bytes.count == algorithm.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
        self.init(algorithm: algorithm, words: words)
    }

    /// Wraps the bytes of a digest; nil when their number is not that of the algorithm.
    package init?(_ algorithm: Algorithm, bytes: some Sequence<UInt8>) {
        let copy = Array(bytes)
        guard let digest = copy.withUnsafeBytes({ ManifestDigest(algorithm, bytes: $0) }) else { return nil }
        self = digest
    }

    /// Reads hexadecimal digits; nil when they are not a digest of the algorithm.
    package init?(_ algorithm: Algorithm, hexadecimal text: UnsafeRawBufferPointer) {
        guard text.count == algorithm.byteCount * 2 else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isHexadecimal = withUnsafeMutableBytes(of: &words) { bytes in
            for index in 0..<algorithm.byteCount {
                guard let high = Self.nibble(text[2 * index]), let low = Self.nibble(text[2 * index + 1]) else {
                    return false
                }
                bytes[index] = high << 4 | low
            }
            return true
        }
        guard isHexadecimal else { return nil }
        self.init(algorithm: algorithm, words: words)
    }

    /// The digest's bytes.
    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0.prefix(algorithm.byteCount)) } }

    /// Whether two digests are of the same algorithm and value.
    package static func == (left: ManifestDigest, right: ManifestDigest) -> Bool {
        left.algorithm == right.algorithm && left.words == right.words
    }

    /// Feeds the algorithm and the bytes.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(algorithm)
        withUnsafeBytes(of: words) { hasher.combine(bytes: $0) }
    }

    private static func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x41...0x46: character - 0x41 + 10
        case 0x61...0x66: character - 0x61 + 10
        default: nil
        }
    }
}
