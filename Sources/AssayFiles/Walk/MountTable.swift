internal import AssayHost

/// Mount points of the live system at which merely looking could wait for a server or a process that never answers.
///
/// Everywhere else the file system itself is asked; see ``FileSystemType``.
struct MountTable: Sendable, Equatable {
    private static let limit = 4 << 20

    private var types: [[UInt8]: String] = [:]

    /// No mount points.
    init() {}

    /// Reads `/proc/self/mountinfo` of a live root; a recorded tree has no mount points.
    init(root: HostRoot) {
        guard root.isLive, let bytes = try? root.read("/proc/self/mountinfo", limit: Self.limit) else {
            self.init()
            return
        }
        self.init(parsing: bytes.span.bytes)
    }

    /// Reads the text form of proc_pid_mountinfo(5); lines of another form are passed over.
    init(parsing bytes: RawSpan) {
        let text = bytes.withUnsafeBytes { [UInt8]($0) }
        for line in text.split(separator: UInt8(ascii: "\n")) {
            // id, parent, device, root, mount point, options, optional fields …, "-", type, source, options
            let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            guard fields.count > 6, let dash = fields[6...].firstIndex(where: { $0.elementsEqual("-".utf8) }),
                dash + 1 < fields.count
            else { continue }
            // Of several mounts on one point the last one is on top.
            let type = String(decoding: fields[dash + 1], as: UTF8.self)
            types[Self.unescaped(fields[4])] = type
        }
        types = types.filter { Self.mayNeverAnswer($0.value) }
    }

    /// Type of the file system mounted at `path`, when it is one not to touch.
    func type(at path: [UInt8]) -> String? { types.isEmpty ? nil : types[path] }

    private static func mayNeverAnswer(_ type: String) -> Bool {
        let remote: Set<String> = [
            "9p", "afs", "autofs", "ceph", "cifs", "coda", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4",
            "ocfs2", "smb3", "smbfs", "vboxsf", "virtiofs",
        ]
        return remote.contains(type) || type == "fuse" || type.hasPrefix("fuse.")
    }

    /// Blank, tab, line feed and backslash are written as a backslash and three octal digits.
    private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            guard byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) })
            else {
                bytes.append(byte)
                continue
            }
            let value = digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
            bytes.append(UInt8(truncatingIfNeeded: value))
            rest = rest.dropFirst(3)
        }
        return bytes
    }
}
