internal import Glibc

/// Keeps a second agent away from the same state folder for as long as it lives (flock(2)).
package struct StateLock: ~Copyable, Sendable {
    private let number: Int32

    /// Takes the lock, or waits for it when `waits`.
    package init(directory: String, waits: Bool = false) throws(StateFailure) {
        let path = directory + "/lock"
        number = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw StateFailure(errorNumber: errno, path: path) }
        var result: Int32
        repeat { result = flock(number, LOCK_EX | (waits ? 0 : LOCK_NB)) } while result != 0 && errno == EINTR
        guard result == 0 else {
            let failed = errno
            close(number)
            guard failed == EWOULDBLOCK else { throw StateFailure(errorNumber: failed, path: path) }
            throw StateFailure(.locked, path: directory, "another assay-agent is at work there; wait until it is done")
        }
    }

    deinit { close(number) }
}
