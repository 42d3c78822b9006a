internal import Glibc
internal import Synchronization

/// Spreads reads over time so that all workers together stay below a rate.
final class Pacer: Sendable {
    private let bytesPerSecond: Int
    private let free: Mutex<ContinuousClock.Instant>

    /// A pacer that begins at `start`; nil when there is no limit.
    init?(bytesPerSecond: Int?, start: ContinuousClock.Instant = .now) {
        guard let bytesPerSecond else { return nil }
        self.bytesPerSecond = max(1, bytesPerSecond)
        free = Mutex(start)
    }

    /// Takes the turn for `count` bytes and returns how long to wait for it.
    func reserve(_ count: Int, now: ContinuousClock.Instant) -> Duration {
        let cost = Duration.nanoseconds(Int64(Double(max(0, count)) / Double(bytesPerSecond) * 1e9))
        return free.withLock { free in
            // Time that was not used is gone: a pause earns no burst.
            let turn = max(free, now)
            free = turn + cost
            return turn - now
        }
    }

    /// Blocks until `count` bytes may be read.
    func wait(_ count: Int) {
        let delay = reserve(count, now: .now)
        guard delay > .zero else { return }
        var time = timespec(
            tv_sec: Int(delay.components.seconds), tv_nsec: Int(delay.components.attoseconds / 1_000_000_000))
        withUnsafeMutablePointer(to: &time) { time in
            while nanosleep(time, time) != 0, errno == EINTR {}
        }
    }
}
