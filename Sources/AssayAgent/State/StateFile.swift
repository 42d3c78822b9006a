internal import Glibc

/// One open file of the state that is too large for memory.
final class StateFile: Sendable {
    let path: String
    private let number: Int32

    /// Creates the file for the agent alone, replacing an older one.
    init(creating path: String) throws(StateFailure) {
        self.path = path
        // An older file may have other permissions or be a link; it goes first.
        unlink(path)
        number = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw StateFailure(errorNumber: errno, path: path) }
    }

    /// Opens the file for reading; nil when it is not there.
    init?(reading path: String) throws(StateFailure) {
        self.path = path
        number = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else {
            if errno == ENOENT { return nil }
            throw StateFailure(errorNumber: errno, path: path)
        }
    }

    deinit { if number >= 0 { close(number) } }

    func append(_ bytes: [UInt8]) throws(StateFailure) {
        var failed: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count, let base = buffer.baseAddress {
                let count = Glibc.write(number, base + written, buffer.count - written)
                if count >= 0 {
                    written += count
                } else if errno != EINTR {
                    failed = errno
                    return
                }
            }
        }
        if failed != 0 { throw StateFailure(errorNumber: failed, path: path) }
    }

    func synchronize() throws(StateFailure) {
        guard fsync(number) == 0 else { throw StateFailure(errorNumber: errno, path: path) }
    }

    /// Reads at most `count` bytes at `offset`; fewer only at the end of the file.
    func read(count: Int, at offset: Int) throws(StateFailure) -> [UInt8] {
        var failed: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            while filled < buffer.count, let base = buffer.baseAddress {
                let got = pread(number, base + filled, buffer.count - filled, offset + filled)
                if got > 0 {
                    filled += got
                } else if got == 0 || errno != EINTR {
                    failed = got == 0 ? 0 : errno
                    return
                }
            }
        }
        if failed != 0 { throw StateFailure(errorNumber: failed, path: path) }
        return bytes
    }
}
