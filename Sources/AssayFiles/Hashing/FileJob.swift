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
