internal import Glibc

/// What wakes the daemon.
package enum DaemonEvent: Sendable, Hashable {
    /// The time is over.
    case elapsed
    /// The daemon is to end.
    case stop
    /// A scan is wanted now.
    case rescan
}

/// Where the daemon waits.
package protocol DaemonEvents {
    /// Waits at most so many seconds.
    func wait(seconds: Int64) -> DaemonEvent
}

/// The signals of this process: SIGTERM and SIGINT stop, SIGHUP scans now.
///
/// They are blocked and waited for with sigtimedwait(2), so that no code ever runs inside a signal handler.
package struct ProcessSignals: DaemonEvents, Sendable {
    /// Blocks the signals in this thread and in every thread that it starts from now on; to be called first in `main`.
    package init() {
        var set = Self.set(SIGTERM, SIGINT, SIGHUP)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    package func wait(seconds: Int64) -> DaemonEvent {
        var set = Self.set(SIGTERM, SIGINT, SIGHUP)
        // A long wait is cut, so that a clock that was set meanwhile is noticed.
        var time = timespec(tv_sec: Int(min(max(0, seconds), 300)), tv_nsec: 0)
        switch sigtimedwait(&set, nil, &time) {
        case SIGTERM, SIGINT: return .stop
        case SIGHUP: return .rescan
        default: return .elapsed
        }
    }

    /// Whether a stop is asked for but not yet waited for: long work ends early then.
    package static var isStopPending: Bool {
        var pending = sigset_t()
        guard sigpending(&pending) == 0 else { return false }
        return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1
    }

    private static func set(_ signals: Int32...) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
