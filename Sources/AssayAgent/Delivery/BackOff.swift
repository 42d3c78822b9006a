/// Exponential back-off with full jitter: any time between nothing and a ceiling that doubles with every failure.
///
/// Devices that lost their collector at the same moment do not come back at the same moment.
package struct BackOff: Sendable, Hashable {
    /// Ceiling of the first wait, in seconds.
    package var base: Int64 = 30
    /// Highest ceiling, in seconds.
    package var cap: Int64 = 3600

    /// Half a minute, doubling up to an hour.
    package init() {}

    /// Seconds to wait after `failures` failed attempts in a row, at least `minimum` when the collector asked for it.
    package func wait(
        after failures: Int, minimum: Int64 = 0, random: inout some RandomNumberGenerator
    ) -> Int64 {
        let doublings = min(max(0, failures - 1), 20)
        let ceiling = min(cap, base << Int64(doublings))
        return max(0, minimum) + Int64.random(in: 0...max(1, ceiling), using: &random)
    }
}
