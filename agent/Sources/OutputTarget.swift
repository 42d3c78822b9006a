import ArgumentParser
import AssayTerminal
import Glibc

/// Where a command's result goes: standard output, or a file that appears only when it is complete.
///
/// Something that is there and is no regular file (a FIFO, a terminal, `/dev/null`) is written into and never replaced;
/// of a symbolic link the target is replaced, not the link.
final class OutputTarget {
    private enum Place {
        /// Written as it comes; nil stands for standard output.
        case stream(name: String?)
        /// An unnamed file (`O_TMPFILE`) that gets its name at the end: whatever ends the program leaves nothing behind.
        case unnamed(destination: String)
        /// A file beside the destination, where the file system knows no unnamed ones.
        case beside(destination: String, temporary: String)
    }

    private let place: Place
    private var number: Int32
    private var buffer: [UInt8] = []

    /// Opens the target; nil or `-` is standard output.
    init(path: String?) throws {
        guard let path, path != "-" else {
            place = .stream(name: nil)
            number = STDOUT_FILENO
            return
        }
        guard !path.isEmpty else {
            throw ExitStatus.fail(ExitStatus.cannotCreate, "cannot write a file without a name")
        }
        let places = Self.places(path)
        var status = stat()
        let isThere = stat(path, &status) == 0
        if let inherited = places.lazy.compactMap(Self.inherited).first {
            // /dev/stdout is the stream itself, even where that leads to a file.
            place = .stream(name: path)
            number = fcntl(inherited, F_DUPFD_CLOEXEC, 3)
        } else if isThere, status.st_mode & S_IFMT != S_IFREG {
            place = .stream(name: path)
            number = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
        } else {
            (place, number) = Self.create(
                places.last ?? path, permissions: isThere ? status.st_mode & 0o777 : 0o644)
        }
        guard number >= 0 else {
            throw ExitStatus.fail(
                ExitStatus.cannotCreate,
                "cannot write \(path): \(Self.reason()). Name a file in a folder you may write to.")
        }
    }

    deinit {
        guard number > STDERR_FILENO else { return }
        close(number)
        if case .beside(_, let temporary) = place {
            unlink(temporary)
            UnfinishedFile.forget()
        }
    }

    func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Makes the result visible under its name.
    func commit() throws {
        try flush()
        switch place {
        case .stream: return
        case .beside(let destination, let temporary):
            guard fsync(number) == 0, rename(temporary, destination) == 0 else { throw failure() }
            UnfinishedFile.forget()
        case .unnamed(let destination):
            guard fsync(number) == 0 else { throw failure() }
            // A name can be given, but an existing one not taken over: hence the second step.
            let temporary = Self.temporary(destination)
            let source = Self.link(number)
            guard linkat(AT_FDCWD, source, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0 else { throw failure() }
            guard rename(temporary, destination) == 0 else {
                let error = failure()
                unlink(temporary)
                throw error
            }
        }
        close(number)
        number = -1
    }

    private func flush() throws {
        var rest = buffer[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                throw failure()
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure() -> ExitCode {
        let reason = Self.reason()
        return switch place {
        case .stream(let name):
            ExitStatus.fail(ExitStatus.ioError, "cannot write \(name ?? "standard output"): \(reason)")
        case .unnamed(let destination), .beside(let destination, _):
            ExitStatus.fail(ExitStatus.ioError, "cannot write \(destination): \(reason). Nothing was left behind.")
        }
    }

    private static func create(_ destination: String, permissions: mode_t) -> (Place, Int32) {
        // __O_TMPFILE of asm-generic/fcntl.h; open(2) wants O_DIRECTORY with it, so that old kernels refuse it.
        let unnamed: Int32 = 0o20_000_000 | O_DIRECTORY
        var number: Int32 = -1
        if access("/proc/self/fd", X_OK) == 0 {
            number = open(folder(of: destination), O_WRONLY | O_CLOEXEC | unnamed, permissions)
        }
        if number >= 0 { return (.unnamed(destination: destination), number) }
        let temporary = temporary(destination)
        number = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, permissions)
        if number >= 0 { UnfinishedFile.removeOnSignal(temporary) }
        return (.beside(destination: destination, temporary: temporary), number)
    }

    /// `path` and what it leads to, link after link, even where the last one dangles.
    private static func places(_ path: String) -> [String] {
        var path = path
        var places = [path]
        for _ in 0..<40 where inherited(path) == nil {
            var length = -1
            let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, filled in
                buffer.withMemoryRebound(to: CChar.self) { text in
                    if let base = text.baseAddress { length = readlink(path, base, text.count) }
                }
                filled = max(0, length)
            }
            guard length > 0 else { break }
            let text = String(decoding: target, as: UTF8.self)
            path = text.hasPrefix("/") ? text : folder(of: path) + "/" + text
            places.append(path)
        }
        return places
    }

    /// The open descriptor that `path` stands for; nil when it is another kind of path.
    private static func inherited(_ path: String) -> Int32? {
        ["/proc/self/fd/", "/dev/fd/"].first(where: path.hasPrefix).flatMap { Int32(path.dropFirst($0.count)) }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func temporary(_ destination: String) -> String { "\(destination).\(getpid()).tmp" }

    private static func link(_ number: Int32) -> String { "/proc/self/fd/\(number)" }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
