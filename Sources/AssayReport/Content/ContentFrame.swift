package import AssayModel

/// One object of a content stream with its bytes.
package struct ContentObject: Sendable, Hashable {
    /// SHA-256 of the bytes.
    package var digest: ContentDigest
    /// The bytes.
    package var bytes: [UInt8]

    /// Names `bytes`.
    package init(digest: ContentDigest, bytes: [UInt8]) {
        self.digest = digest
        self.bytes = bytes
    }
}

/// The line that stands before each object of a content stream: `sha256:<hex> <size>` and a line feed.
package struct ContentFrameHeader: Sendable, Hashable {
    /// Longest line, line feed included: the digest, a blank, and seven digits for 8 MiB.
    static let limit = 71 + 1 + 7 + 1

    /// SHA-256 of the bytes that follow.
    package var digest: ContentDigest
    /// Number of bytes that follow.
    package var size: Int

    /// Announces `size` bytes.
    package init(digest: ContentDigest, size: Int) {
        self.digest = digest
        self.size = size
    }

    /// The line.
    package var encoded: [UInt8] { Array("\(digest) \(size)\n".utf8) }

    /// Reads the line without its line feed.
    init(parsing line: some Collection<UInt8>) throws(ReportFailure) {
        let text = String(decoding: line, as: UTF8.self)
        guard text.utf8.count > 72, let digest = ContentDigest(String(text.prefix(71))) else {
            throw ReportFailure(.malformed, "digest of a content object")
        }
        let digits = text.dropFirst(72)
        // One spelling for each number: no sign, no leading zero.
        guard text.dropFirst(71).first == " ", let size = Int(digits), String(size) == digits, size >= 0 else {
            throw ReportFailure(.malformed, "size of a content object")
        }
        guard size <= SectionSplit.objectLimit else { throw ReportFailure(.tooLarge, "a content object") }
        self.init(digest: digest, size: size)
    }
}
