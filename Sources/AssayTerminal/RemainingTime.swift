/// Estimate of the time that a task of many steps still takes, from the pace of the last seconds.
///
/// It says nothing in the first seconds, and nothing while one long step keeps the count from growing.
public struct RemainingTime: Sendable {
    /// Seconds before anything is said.
    private static let start = 5.0
    /// Seconds without progress after which the pace says nothing of what is left.
    private static let patience = 2.0
    /// Seconds over which the pace is smoothed.
    private static let memory = 10.0

    private var moment = 0.0
    private var count = 0
    private var advancedAt = 0.0
    private var rate: Double?

    /// Nothing known yet.
    public init() {}

    /// Takes in that `done` of `expected` steps are done `elapsed` seconds after the beginning.
    ///
    /// - Returns: seconds left; nil when nothing sound can be said.
    public mutating func seconds(done: Int, of expected: Int, at elapsed: Double) -> Int? {
        let passed = elapsed - moment
        if passed > 0 {
            let pace = Double(done - count) / passed
            // The share of the new pace grows with the time that it stands for, whatever the distance of the samples.
            let share = min(1, passed / Self.memory)
            rate = rate.map { $0 + share * (pace - $0) } ?? pace
        }
        if done > count { advancedAt = elapsed }
        moment = elapsed
        count = done
        guard elapsed >= Self.start, elapsed - advancedAt < Self.patience, expected > done, let rate, rate > 0 else {
            return nil
        }
        let left = Double(expected - done) / rate
        return left < 1e6 ? Int(left) : nil
    }
}
