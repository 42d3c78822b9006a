internal import CLinux
internal import Glibc

/// The file tree that is looked at: the live system, or a recorded one.
///
/// Every path is absolute below the root. Symbolic links are resolved inside it, as after `chroot(2)`, so that nothing
/// outside of a recorded tree is ever touched: by `openat2(2)` with `RESOLVE_IN_ROOT`, or, on kernels before 5.6, one path
/// component at a time.
package struct HostRoot: Sendable {
    /// One entry of a directory.
    package struct Entry: Sendable, Hashable {
        /// Name; bytes that are not UTF-8 are replaced.
        package var name: String
        /// Kind as the directory states it, symbolic links not followed; `unknown` on file systems that do not say.
        package var kind: FileStatus.Kind
    }

    /// Default limit of one read, in bytes.
    package static let defaultLimit = 1 << 20
    /// Most entries that one directory may have before it is refused.
    package static let entryLimit = 1 << 17

    /// Directory that stands for `/`, as given.
    package let path: String
    /// Whether this is the machine that the agent runs on, so that system calls beside file reads make sense.
    package let isLive: Bool

    private let handle: RootHandle
    private let resolver: Resolver

    /// How symbolic links are kept inside the root.
    package enum Resolver: Sendable {
        /// `openat2(2)` where the kernel has it, component by component elsewhere.
        case automatic
        /// Component by component, for tests of the fallback.
        case componentwise
    }

    /// Opens `path` as a root.
    ///
    /// A recorded tree is never treated as live, even when it is `/`.
    package init(path: String, isLive: Bool = false, resolver: Resolver = .automatic) throws(HostFailure) {
        let number = Glibc.open(path, assay_o_path | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else {
            let number = errno
            throw HostFailure.from(errorNumber: number, path: path)
                ?? HostFailure(number == ENOENT ? .noDirectory : .wrongType, path: path, errorNumber: number)
        }
        self.path = path
        self.isLive = isLive
        self.resolver = resolver
        handle = RootHandle(number: number)
    }

    /// The machine that the agent runs on.
    package static func live() throws(HostFailure) -> HostRoot { try HostRoot(path: "/", isLive: true) }

    /// Reads a regular file of at most `limit` bytes; nil when it is not there.
    package func read(_ path: String, limit: Int = defaultLimit) throws(HostFailure) -> [UInt8]? {
        guard let file = try open(path) else { return nil }
        return try file.readAll(limit: limit)
    }

    /// Reads a text attribute without its trailing line feeds and blanks; nil when it is not there.
    ///
    /// Bytes that are not UTF-8 are replaced. An empty attribute is an empty string.
    package func text(_ path: String, limit: Int = 1 << 16) throws(HostFailure) -> String? {
        guard var bytes = try read(path, limit: limit) else { return nil }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Opens a regular file for reading; nil when it is not there.
    ///
    /// A FIFO, socket or device node is refused unopened.
    package func open(_ path: String) throws(HostFailure) -> Descriptor? {
        // The first open is a mere handle: it can neither block on a FIFO nor wake a device.
        guard let handle = try resolve(path, flags: assay_o_path) else { return nil }
        guard try handle.status().kind == .regular else { throw HostFailure(.wrongType, path: path) }
        return try resolve(path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
    }

    /// Opens a character device for reading and writing; nil when it is not there.
    ///
    /// For probes that are allowed to open device nodes, and say which in their descriptor. Anything else is refused
    /// unopened.
    package func openDevice(_ path: String) throws(HostFailure) -> Descriptor? {
        guard let handle = try resolve(path, flags: assay_o_path) else { return nil }
        guard try handle.status().kind == .characterDevice else { throw HostFailure(.wrongType, path: path) }
        return try resolve(path, flags: O_RDWR | O_NONBLOCK | O_NOCTTY)
    }

    /// Opens a directory for reading; nil when it is not there.
    package func openDirectory(_ path: String) throws(HostFailure) -> Descriptor? {
        try resolve(path, flags: O_RDONLY | O_DIRECTORY)
    }

    /// Lists a directory in byte order of the names, without `.` and `..`; nil when it is not there.
    package func list(_ path: String) throws(HostFailure) -> [Entry]? {
        guard let directory = try openDirectory(path) else { return nil }
        // fdopendir takes the descriptor over, so it gets one of its own.
        let number = fcntl(directory.number, F_DUPFD_CLOEXEC, 3)
        guard number >= 0 else { throw HostFailure(.ioError, path: path, errorNumber: errno) }
        guard let stream = fdopendir(number) else {
            close(number)
            throw HostFailure(.ioError, path: path, errorNumber: errno)
        }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name == "." || name == ".." { continue }
            guard entries.count < Self.entryLimit else { throw HostFailure(.tooLarge, path: path) }
            entries.append(Entry(name: name, kind: Self.kind(entry.pointee.d_type)))
        }
        return entries.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    }

    /// Whether something is there, symbolic links followed inside the root.
    ///
    /// Denied counts as there.
    package func exists(_ path: String) -> Bool {
        do { return try resolve(path, flags: assay_o_path) != nil } catch { return error.code == .denied }
    }

    /// Status of a path, the last symbolic link followed only when `followLinks`; nil when it is not there.
    package func status(_ path: String, followLinks: Bool = true) throws(HostFailure) -> FileStatus? {
        guard let handle = try resolve(path, flags: followLinks ? assay_o_path : assay_o_path | O_NOFOLLOW) else {
            return nil
        }
        return try handle.status()
    }

    /// Target text of a symbolic link; nil when there is none.
    package func linkTarget(_ path: String) throws(HostFailure) -> String? {
        guard let handle = try resolve(path, flags: assay_o_path | O_NOFOLLOW) else { return nil }
        guard try handle.status().kind == .symbolicLink else { return nil }
        return try Self.readLink(handle.number, path: path)
    }

    /// Last component of a symbolic link's target, as sysfs names drivers and buses; nil when there is none.
    package func linkName(_ path: String) throws(HostFailure) -> String? {
        guard let target = try linkTarget(path) else { return nil }
        return target.split(separator: "/").last.map(String.init)
    }

    /// Absolute path inside the root that `path` leads to once every symbolic link is resolved; nil when it is not there.
    package func canonicalPath(_ path: String) throws(HostFailure) -> String? {
        var walk = PathWalk(root: handle.number, path: path, followLast: true)
        return try walk.run() ? walk.canonicalPath : nil
    }

    private func resolve(_ path: String, flags: Int32) throws(HostFailure) -> Descriptor? {
        guard !path.utf8.contains(0) else { throw HostFailure(.wrongType, path: path) }
        if case .automatic = resolver {
            let result = assay_open_in_root(handle.number, path, UInt64(flags))
            if result >= 0 { return Descriptor(owning: result, path: path) }
            if result != -ENOSYS && result != -EPERM {
                if let failure = HostFailure.from(errorNumber: -result, path: path) { throw failure }
                return nil
            }
        }
        var walk = PathWalk(root: handle.number, path: path, followLast: flags & O_NOFOLLOW == 0)
        guard try walk.run() else { return nil }
        return try walk.open(flags: flags)
    }

    static func readLink(_ number: Int32, path: String) throws(HostFailure) -> String {
        var length = -1
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, filled in
            length = buffer.withMemoryRebound(to: CChar.self) { text in
                guard let base = text.baseAddress else { return -1 }
                return readlinkat(number, "", base, text.count)
            }
            filled = max(0, length)
        }
        guard length >= 0 else { throw HostFailure(.ioError, path: path, errorNumber: errno) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func kind(_ type: UInt8) -> FileStatus.Kind {
        switch Int(type) {
        case Int(DT_REG): .regular
        case Int(DT_DIR): .directory
        case Int(DT_LNK): .symbolicLink
        case Int(DT_FIFO): .fifo
        case Int(DT_SOCK): .socket
        case Int(DT_CHR): .characterDevice
        case Int(DT_BLK): .blockDevice
        default: .unknown
        }
    }
}

/// Keeps the root's descriptor open for as long as a copy of the ``HostRoot`` lives.
private final class RootHandle: Sendable {
    let number: Int32
    init(number: Int32) { self.number = number }
    deinit { close(number) }
}
