package import AssayReport

/// When the daemon makes its next report, and when it tries again to deliver those that wait.
package struct ReportSchedule: Sendable, Hashable, Codable {
    /// Longest time that a collector can ask to wait, in seconds.
    package static let longestWait: Int64 = 7 * 86_400
    /// Shortest time between two reports, in seconds.
    package static let shortestWait: Int64 = 30
    /// The window until a collector gave one.
    package static let defaultWindow = ReportAcknowledgement.Window(after: 3600, spread: 600)

    /// When the next report is due, in seconds since 1970.
    package var dueAt: Int64
    /// When the waiting reports are tried again; nil when none waits.
    package var retryAt: Int64?
    /// Deliveries that failed since the last success.
    package var failures = 0
    /// The last window that the collector gave, in sane bounds.
    package private(set) var window: ReportAcknowledgement.Window

    /// The first report, at any moment of the next `spread` seconds, so that devices switched on together do not report
    /// together.
    package init(firstWithin spread: Int64, now: Int64, random: inout some RandomNumberGenerator) {
        dueAt = now + Int64.random(in: 0...max(0, min(spread, Self.longestWait)), using: &random)
        window = Self.defaultWindow
    }

    /// After a delivery: somewhere inside the window that the collector gave, or the last one that it gave.
    package mutating func succeeded(
        _ given: ReportAcknowledgement.Window?, now: Int64, random: inout some RandomNumberGenerator
    ) {
        if let given { window = Self.bounded(given) }
        retryAt = nil
        failures = 0
        plan(now: now, random: &random)
    }

    /// After a failed delivery: the next report as planned, the waiting ones after a back-off.
    package mutating func failed(
        _ backOff: BackOff, minimum: Int64, isReportMade: Bool, now: Int64, random: inout some RandomNumberGenerator
    ) {
        failures = min(failures, 1000) + 1
        retryAt = now + backOff.wait(after: failures, minimum: minimum, random: &random)
        if isReportMade { plan(now: now, random: &random) }
    }

    /// Seconds to wait from `now` until anything is to be done.
    package func wait(at now: Int64) -> Int64 { min(Self.wait(dueAt, now), retryAt.map { Self.wait($0, now) } ?? .max) }

    /// Whether the next report is due.
    package func isDue(at now: Int64) -> Bool { Self.wait(dueAt, now) == 0 }

    private mutating func plan(now: Int64, random: inout some RandomNumberGenerator) {
        dueAt = now + Int64(window.after) + Int64.random(in: 0...Int64(window.spread), using: &random)
    }

    private static func bounded(_ window: ReportAcknowledgement.Window) -> ReportAcknowledgement.Window {
        .init(
            after: Int(min(max(Int64(clamping: window.after), shortestWait), longestWait)),
            spread: Int(min(max(Int64(clamping: window.spread), 0), longestWait)))
    }

    // A moment that a jump of the clock put far into the future counts as come.
    private static func wait(_ moment: Int64, _ now: Int64) -> Int64 {
        let (wait, overflow) = moment.subtractingReportingOverflow(now)
        return overflow || wait < 0 || wait > 2 * longestWait ? 0 : wait
    }
}
