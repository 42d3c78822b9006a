internal import Glibc

/// How a scan of the files is carried out.
package struct FileScanOptions: Sendable {
    /// Paths to leave out; each rule that applied is reported.
    package var exclusions: [ExclusionRule] = []
    /// Number of files read at the same time; nil means one for each core that this process may use.
    package var workers: Int?
    /// Most bytes read in a second, all workers together; nil means no limit.
    package var bytesPerSecond: Int?
    /// Whether every file gets a SHA-512 beside the SHA-256.
    package var computesSHA512 = false
    /// Every file is read again at least once in so many scans, however unchanged it looks; 1 reads everything every
    /// time.
    package var rehashPeriod: UInt32 = 30
    /// Path of the cache on this machine (not below the root); nil scans without one.
    package var cachePath: String?
    /// Deepest nesting of directories that is followed.
    package var depthLimit = 256
    /// Longest path that is followed, in bytes; no longer one can be named in a system call (limits.h, PATH_MAX).
    package var pathLimit = 4096
    /// Most gaps of each kind reported one by one; the others are counted.
    package var gapLimit = 1000

    /// Seams for tests.
    var hooks = Hooks()

    /// The usual way.
    package init() {}

    /// What a test may replace.
    struct Hooks: Sendable {
        /// The wall clock, in nanoseconds since the epoch.
        var now: @Sendable () -> Int64 = { Self.wallClock() }
        /// Called with the path of a file between its reading and the check whether it changed meanwhile.
        var afterReading: (@Sendable (_ path: [UInt8], _ attempt: Int) -> Void)?
        /// Called with the path of a file before it is opened.
        var beforeOpening: (@Sendable (_ path: [UInt8]) -> Void)?
        /// Most entries of one directory held at a time.
        var batchLimit = 16_384

        private static func wallClock() -> Int64 {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
        }
    }
}
