internal import AssayModel
internal import AssayPackages

/// A file to be read.
struct FileJob: Sendable {
    /// The directory that it was found in.
    var directory: DirectoryHandle
    /// Name in the directory, ended by NUL.
    var name: [UInt8]
    /// Path below the root.
    var path: [UInt8]
    /// Inode number, for the order of reading.
    var inode: UInt64
    /// Size at the time of the walk, for an even share of work.
    var size: Int64
    /// Digests that the previous scan knew, to tell that nothing changed after all.
    var known: ContentDigests?
}

/// Digests of a file's content.
struct ContentDigests: Sendable, Equatable {
    /// SHA-256.
    var sha256: [UInt8]
    /// SHA-512, where asked for.
    var sha512: [UInt8] = []
    /// MD5, where a package's manifest asked for it.
    var md5: [UInt8] = []
}

/// What came of a file.
enum FileOutcome: Sendable {
    /// It is no longer there, or no longer a regular file.
    case gone
    /// It could not be read.
    case unread(Gap)
    /// What is known of it now.
    case record(ScanCacheRecord)
}
