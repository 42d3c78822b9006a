internal import AssayHost

/// Top-level directories that are symbolic links, so that two spellings of a path meet in one key.
struct PathAliases: Sendable {
    // `/lib/` stands for `/usr/lib/`.
    private struct Alias: Sendable {
        var prefix: [UInt8]
        var target: [UInt8]
    }

    /// A hostile root directory must not make every lookup slow.
    private static let limit = 32

    private var aliases: [Alias] = []

    /// No aliases.
    init() {}

    /// Finds the links in `/` and `/usr` of `root` that lead to another directory: merged /usr, and merged `sbin`.
    init(root: HostRoot) {
        for directory in ["/", "/usr/"] {
            for entry in (try? root.list(directory)) ?? [] where entry.kind == .symbolicLink {
                let name = directory + entry.name
                guard aliases.count < Self.limit, let target = try? root.canonicalPath(name),
                    target != "/", target != name, (try? root.status(target))?.kind == .directory
                else { continue }
                aliases.append(Alias(prefix: Array((name + "/").utf8), target: Array((target + "/").utf8)))
            }
        }
    }

    /// Keyed hash of a path, the same for every spelling of it.
    func key(of path: UnsafeRawBufferPointer) -> UInt64 {
        for alias in aliases where Self.path(path, beginsWith: alias.prefix) {
            return withUnsafeTemporaryAllocation(
                byteCount: alias.target.count + path.count - alias.prefix.count, alignment: 1
            ) { buffer in
                buffer.copyBytes(from: alias.target)
                let rest = UnsafeRawBufferPointer(rebasing: path[alias.prefix.count...])
                UnsafeMutableRawBufferPointer(rebasing: buffer[alias.target.count...]).copyMemory(from: rest)
                return Self.hash(UnsafeRawBufferPointer(buffer))
            }
        }
        return Self.hash(path)
    }

    // The standard library's hash is SipHash-1-3 under a random key of the process.
    private static func hash(_ path: UnsafeRawBufferPointer) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: path)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private static func path(_ path: UnsafeRawBufferPointer, beginsWith prefix: [UInt8]) -> Bool {
        guard path.count > prefix.count else { return false }
        for index in prefix.indices where path[index] != prefix[index] { return false }
        return true
    }
}
