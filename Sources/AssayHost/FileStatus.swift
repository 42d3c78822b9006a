internal import CLinux
internal import Glibc

/// What `statx` says of a file.
package struct FileStatus: Sendable, Hashable {
    /// The kind of directory entry.
    package enum Kind: Sendable, Hashable {
        case regular, directory, symbolicLink, fifo, socket, characterDevice, blockDevice, unknown
    }

    /// Device number of the file system.
    package var device: UInt64
    /// Inode number.
    package var inode: UInt64
    /// Size in bytes.
    package var size: Int64
    /// Modification time in nanoseconds since the epoch.
    package var modified: Int64
    /// Status change time in nanoseconds since the epoch.
    package var changed: Int64
    /// Type and permission bits.
    package var mode: UInt32
    /// Numeric owner.
    package var uid: UInt32
    /// Whether the kernel checks every read of the content against a digest (fs-verity).
    package var hasVerity: Bool

    /// `STATX_ATTR_VERITY` of `<linux/stat.h>`.
    private static let verityAttribute: UInt64 = 0x0010_0000

    init(_ status: assay_status) {
        device = status.device
        inode = status.inode
        size = status.size
        modified = status.mtime_sec &* 1_000_000_000 &+ Int64(status.mtime_nsec)
        changed = status.ctime_sec &* 1_000_000_000 &+ Int64(status.ctime_nsec)
        mode = status.mode
        uid = status.uid
        hasVerity = status.attributes & Self.verityAttribute != 0
    }

    /// Status of `name` below an open directory, a last symbolic link not followed; an empty name means the descriptor
    /// itself.
    ///
    /// On failure nil, and `errorNumber` holds the kernel's number.
    package init?(of name: UnsafePointer<CChar>, in directory: Int32, errorNumber: inout Int32) {
        var status = assay_status()
        let result = assay_status_at(directory, name, &status)
        guard result == 0 else {
            errorNumber = -result
            return nil
        }
        self.init(status)
    }

    /// The kind of file.
    package var kind: Kind {
        switch mode & S_IFMT {
        case S_IFREG: .regular
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        case S_IFIFO: .fifo
        case S_IFSOCK: .socket
        case S_IFCHR: .characterDevice
        case S_IFBLK: .blockDevice
        default: .unknown
        }
    }
}
