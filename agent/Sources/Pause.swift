import Glibc

/// A short wait between two questions to the collector.
enum Pause {
    /// Blocks this thread; a signal ends the wait early.
    static func milliseconds(_ count: Int) {
        var time = timespec(tv_sec: count / 1000, tv_nsec: count % 1000 * 1_000_000)
        nanosleep(&time, nil)
    }
}
