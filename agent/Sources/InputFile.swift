import ArgumentParser
import Glibc

/// A file that the user named.
enum InputFile {
    /// Reads at most `limit` bytes, or ends the command with a message that names the file.
    static func read(_ path: String, as what: String, limit: Int) throws -> [UInt8] {
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard number >= 0 else {
            throw ExitStatus.fail(
                ExitStatus.noInput, "cannot read the \(what) \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(number) }
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            var got = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
                repeat { got = Glibc.read(number, buffer.baseAddress, buffer.count) } while got < 0 && errno == EINTR
                filled = max(0, got)
            }
            guard got >= 0 else {
                throw ExitStatus.fail(
                    ExitStatus.noInput, "cannot read the \(what) \(path): \(String(cString: strerror(errno)))")
            }
            if got == 0 { return bytes }
            bytes += piece
        }
        throw ExitStatus.fail(ExitStatus.badData, "the \(what) \(path) is larger than \(limit) bytes")
    }
}
