internal import AssayHost

/// What tells that a file is still the one that was read, without reading it.
///
/// Times are compared for equality only, so that a clock that was set back means nothing.
struct FileIdentity: Sendable, Hashable {
    /// Device number of the file system.
    var device: UInt64
    /// Inode number.
    var inode: UInt64
    /// Size in bytes.
    var size: Int64
    /// Modification time in nanoseconds since the epoch.
    var modified: Int64
    /// Status change time in nanoseconds since the epoch.
    var changed: Int64
    /// Whether the kernel vouches for the content; that begins without a trace in the times.
    var hasVerity = false

    /// All zero.
    init() { (device, inode, size, modified, changed) = (0, 0, 0, 0, 0) }

    /// The identity that `status` shows.
    init(_ status: FileStatus) {
        (device, inode, size) = (status.device, status.inode, status.size)
        (modified, changed) = (status.modified, status.changed)
        hasVerity = status.hasVerity
    }

    /// Whether a later change could leave the same times behind, the file having been read at `time`.
    ///
    /// A change in the same tick of the file system's clock as an earlier one is invisible. Two seconds is the coarsest
    /// tick in use (FAT). Times in the future are racy until they have passed.
    func isRacy(readAt time: Int64) -> Bool {
        let margin: Int64 = 2_000_000_000
        return max(modified, changed) >= time &- margin
    }
}
