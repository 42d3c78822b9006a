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

        static let known: Flags = [.isReported, .isRacy, .hasMD5, .isMalformed]
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
}
