/// What the previous scan knew of one file.
struct ScanCacheRecord: Sendable {
    /// Properties of a record.
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8

        /// The file is reported; digests and line follow.
        static let isReported = Flags(rawValue: 1)
        /// The file was as new as its reading: it is to be read again.
        static let isRacy = Flags(rawValue: 2)
        /// The MD5 is known.
        static let hasMD5 = Flags(rawValue: 4)
        /// The file begins as ELF but its headers contradict themselves.
        static let isMalformed = Flags(rawValue: 8)

        /// The kernel vouches for the content: the form in which the identity keeps it in the file.
        static let hasVerity = Flags(rawValue: 16)
        /// The kernel did not tell the digest under which it vouches.
        static let isUnmeasured = Flags(rawValue: 32)

        static let known: Flags = [.isReported, .isRacy, .hasMD5, .isMalformed, .hasVerity, .isUnmeasured]
    }

    /// Path below the root.
    var path: [UInt8] = []
    /// Properties.
    var flags: Flags = []
    /// What the file looked like when it was read.
    var identity = FileIdentity()
    /// Number of the scan that read the content last.
    var readInScan: UInt32 = 0
    /// SHA-256 of a reported file's content.
    var sha256: [UInt8] = []
    /// MD5 of a reported file's content, where a manifest asked for it.
    var md5: [UInt8] = []
    /// Fingerprint of owner and manifest state in the line.
    var owner: UInt64 = 0
    /// Canonical JSON of a reported file.
    var line: [UInt8] = []

    /// A copy that is worth keeping: the arrays of a record that is decoded over and over have room for the longest so
    /// far.
    func compacted() -> ScanCacheRecord {
        var copy = self
        copy.path = path.compacted()
        copy.sha256 = sha256.compacted()
        copy.md5 = md5.compacted()
        copy.line = line.compacted()
        return copy
    }
}

extension [UInt8] {
    /// The same bytes in an array with no room to spare.
    fileprivate func compacted() -> [UInt8] {
        guard !isEmpty else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
            filled = count
        }
    }
}
