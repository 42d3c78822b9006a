internal import Foundation

/// Keeps a second server off a state folder; the lock ends with the process, however it ends.
final class ServeLock: Sendable {
    private let descriptor: Int32

    /// Locks the folder; throws and names the other process when one serves it already.
    init(_ state: StateDirectory) throws {
        descriptor = open(state.lock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StateDirectory.failure("cannot create \(state.lock)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            let holder = try? state.read(state.lock)?.trimmingCharacters(in: .whitespacesAndNewlines)
            close(descriptor)
            guard number == EWOULDBLOCK else { throw StateDirectory.failure("cannot lock \(state.lock)", number) }
            let name = holder.flatMap { $0.isEmpty ? nil : $0 } ?? "unknown"
            throw CollectorFailure(
                .unavailable, "process \(name) serves \(state.path) already",
                nextStep: "stop it first, or use another state folder")
        }
        let text = "\(getpid())\n"
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    deinit { close(descriptor) }
}
