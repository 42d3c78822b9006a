import ArgumentParser
import AssayTerminal
import Glibc

/// Where a command's result goes: standard output, or a file that appears only when it is complete.
final class OutputTarget {
    private let path: String?
    private let temporary: String
    private var number: Int32
    private var buffer: [UInt8] = []

    /// Opens the target; nil or `-` is standard output.
    init(path: String?) throws {
        self.path = path == "-" ? nil : path
        guard let path = self.path else {
            temporary = ""
            number = STDOUT_FILENO
            return
        }
        temporary = "\(path).\(getpid()).tmp"
        number = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard number >= 0 else {
            throw ExitStatus.fail(
                ExitStatus.cannotCreate,
                "cannot write \(path): \(Self.reason()). Name a file in a folder you may write to.")
        }
    }

    deinit {
        guard path != nil, number >= 0 else { return }
        close(number)
        unlink(temporary)
    }

    func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Makes the result visible under its name.
    func commit() throws {
        try flush()
        guard let path else { return }
        guard fsync(number) == 0, rename(temporary, path) == 0 else { throw failure() }
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
        ExitStatus.fail(
            ExitStatus.ioError, "cannot write \(path ?? "standard output"): \(Self.reason()). Nothing was left behind.")
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
