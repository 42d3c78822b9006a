internal import CLinux
internal import Glibc

/// Resolves a path one component at a time without ever leaving the root: what `RESOLVE_IN_ROOT` does, for older kernels.
struct PathWalk {
    /// As many links as the kernel itself follows (path_resolution(7)).
    private static let linkLimit = 40

    private let path: String
    private let root: Int32
    private let followLast: Bool
    private var pending: [String]
    private var resolved: [String] = []
    private var links = 0

    init(root: Int32, path: String, followLast: Bool) {
        self.root = root
        self.path = path
        self.followLast = followLast
        pending = Self.components(path).reversed()
    }

    /// Path inside the root that was reached.
    var canonicalPath: String { "/" + resolved.joined(separator: "/") }

    /// Walks to the end; false when a component is not there.
    mutating func run() throws(HostFailure) -> Bool {
        while let name = pending.popLast() {
            if name == ".." {
                _ = resolved.popLast()
                continue
            }
            resolved.append(name)
            guard let entry = try open(flags: assay_o_path | O_NOFOLLOW) else { return false }
            guard try entry.status().kind == .symbolicLink, followLast || !pending.isEmpty else { continue }
            links += 1
            guard links <= Self.linkLimit else { throw HostFailure(.linkLoop, path: path) }
            try follow(try HostRoot.readLink(entry.number, path: path))
        }
        return true
    }

    /// Opens what was reached.
    ///
    /// Each directory on the way is opened without following links, so that a racing
    /// replacement by a link fails instead of escaping.
    func open(flags: Int32) throws(HostFailure) -> Descriptor? {
        var directory = Descriptor(owning: fcntl(root, F_DUPFD_CLOEXEC, 3), path: "/")
        guard directory.number >= 0 else { throw HostFailure(.ioError, path: path, errorNumber: errno) }
        for (index, name) in resolved.enumerated() {
            let isLast = index == resolved.count - 1
            let number = assay_open_nofollow(directory.number, name, isLast ? flags : assay_o_path | O_DIRECTORY)
            guard number >= 0 else {
                if let failure = HostFailure.from(errorNumber: -number, path: path) { throw failure }
                return nil
            }
            directory = Descriptor(owning: number, path: path)
        }
        if resolved.isEmpty, flags & assay_o_path == 0 {
            return Descriptor(owning: assay_open_nofollow(directory.number, ".", flags), path: path)
        }
        return directory
    }

    private mutating func follow(_ target: String) throws(HostFailure) {
        resolved.removeLast()
        if target.utf8.first == UInt8(ascii: "/") { resolved.removeAll() }
        pending += Self.components(target).reversed()
        guard pending.count < 4096 else { throw HostFailure(.tooLarge, path: path) }
    }

    private static func components(_ path: String) -> [String] {
        path.split(separator: "/", omittingEmptySubsequences: true).map(String.init).filter { $0 != "." }
    }
}
