internal import CLinux

/// The kind of a mounted file system by its magic number (statfs(2), linux/magic.h).
struct FileSystemType: Sendable, Hashable {
    /// Why a file system is not walked.
    enum Reason: String, Sendable {
        /// The kernel makes its files up when they are read.
        case pseudo = "made up by the kernel"
        /// Its files are stored on another machine.
        case remote = "stored on another machine"
        /// A process of this machine answers for its files, and may never answer.
        case userspace = "served by a process"
        /// Its files are those of other directories, which are walked where they are stored.
        case layered = "a view of directories that are walked elsewhere"
        /// Looking would mount it.
        case automatic = "mounted when looked at"
    }

    /// Magic number.
    let magic: UInt64

    /// Wraps a magic number.
    init(magic: UInt64) { self.magic = magic }

    /// Asks for the type of the file system that an open descriptor is on; nil when the kernel does not tell.
    init?(of descriptor: Int32) {
        var magic: UInt64 = 0
        guard assay_filesystem_type(descriptor, &magic) == 0 else { return nil }
        self.magic = magic
    }

    /// Name as `/proc/filesystems` spells it; the magic number where it is not a listed one.
    var name: String { Self.skipped[magic]?.0 ?? "0x" + String(magic, radix: 16) }

    /// Why the walk stays out, or nil for storage of this machine.
    ///
    /// What is not listed is walked: a file system that we never heard of is no place to hide in.
    var reasonToSkip: Reason? { Self.skipped[magic]?.1 }

    /// Whether it lives in memory: `tmpfs`, `ramfs` and the device nodes' `devtmpfs`.
    var isMemory: Bool { magic == 0x0102_1994 || magic == 0x8584_58f6 }

    private static let skipped: [UInt64: (String, Reason)] = [
        0x0000_9fa0: ("proc", .pseudo),
        0x6265_6572: ("sysfs", .pseudo),
        0x0000_1cd1: ("devpts", .pseudo),
        0x0027_e0eb: ("cgroup", .pseudo),
        0x6367_7270: ("cgroup2", .pseudo),
        0x6462_6720: ("debugfs", .pseudo),
        0x7472_6163: ("tracefs", .pseudo),
        0x7363_6673: ("securityfs", .pseudo),
        0xcafe_4a11: ("bpf", .pseudo),
        0x6165_676c: ("pstore", .pseudo),
        0xde5e_81e4: ("efivarfs", .pseudo),
        0x6265_6570: ("configfs", .pseudo),
        0x6573_5543: ("fusectl", .pseudo),
        0x1980_0202: ("mqueue", .pseudo),
        0x9584_58f6: ("hugetlbfs", .pseudo),
        0x6759_6969: ("rpc_pipefs", .pseudo),
        0xf97c_ff8c: ("selinuxfs", .pseudo),
        0x4341_5d53: ("smackfs", .pseudo),
        0x4249_4e4d: ("binfmt_misc", .pseudo),
        0x6e73_6673: ("nsfs", .pseudo),
        0x0765_5821: ("resctrl", .pseudo),
        0x0000_9fa1: ("openpromfs", .pseudo),
        0x0000_6969: ("nfs", .remote),
        0xff53_4d42: ("cifs", .remote),
        0xfe53_4d42: ("smb3", .remote),
        0x0000_517b: ("smbfs", .remote),
        0x0000_564c: ("ncpfs", .remote),
        0x0102_1997: ("9p", .remote),
        0x00c3_6400: ("ceph", .remote),
        0x5346_414f: ("afs", .remote),
        0x6b41_4653: ("kafs", .remote),
        0x7375_7245: ("coda", .remote),
        0x7461_636f: ("ocfs2", .remote),
        0x0116_1970: ("gfs2", .remote),
        0x0bd0_0bd0: ("lustre", .remote),
        0x786f_4256: ("vboxsf", .remote),
        0x6573_5546: ("fuse", .userspace),
        0x794c_7630: ("overlay", .layered),
        0x0000_0187: ("autofs", .automatic),
    ]
}
