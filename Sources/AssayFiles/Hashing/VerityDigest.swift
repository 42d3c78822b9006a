internal import AssayBytes
internal import AssayHost
internal import CLinux

/// The digest under which the kernel vouches for a file's content (fs-verity): the root of a Merkle tree over its blocks.
///
/// It is another number than the digest of the content; the kernel checks every block against it at every read, so that
/// it says more than a digest that was taken once (Documentation/filesystems/fsverity.rst).
struct VerityDigest: Sendable, Hashable, CustomStringConvertible {
    /// Name of the hash function.
    let algorithm: String
    /// The digest.
    let bytes: [UInt8]

    /// As it stands in a fact: `sha256:…`.
    var description: String { "\(algorithm):\(Hex.string(bytes))" }

    /// Reads a `struct fsverity_digest`, whose numbers are in the byte order of this machine.
    init(parsing answer: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(answer)
        let number = Self.native(try reader.uint16("digest_algorithm"))
        let size = Self.native(try reader.uint16("digest_size"))
        guard let (name, length) = Self.algorithms[number] else {
            throw ParseFailure(.unsupported, "fs-verity algorithm \(number)", at: 0)
        }
        guard size == length else { throw ParseFailure(.badLength, "digest_size", at: 2) }
        bytes = try reader.bytes(Int(size), "digest")
        guard reader.isAtEnd else { throw ParseFailure(.badLength, "fs-verity digest", at: reader.offset) }
        algorithm = name
    }

    /// Asks the kernel about an open file; nil when it does not tell, or in words that are not known.
    static func measured(_ file: borrowing Descriptor) -> VerityDigest? {
        var length = 0
        let number = file.number
        let answer = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            length = assay_measure_verity(number, buffer.baseAddress, buffer.count)
            filled = max(0, length)
        }
        guard length > 0 else { return nil }
        return try? VerityDigest(parsing: answer.span.bytes)
    }

    /// `FS_VERITY_HASH_ALG_*` of `<linux/fsverity.h>` with the lengths of their digests.
    private static let algorithms: [UInt16: (String, UInt16)] = [1: ("sha256", 32), 2: ("sha512", 64)]
    private static let limit = 128

    /// A number that was read lowest byte first, as this machine means it.
    private static func native(_ value: UInt16) -> UInt16 { UInt16(littleEndian: value) }
}
