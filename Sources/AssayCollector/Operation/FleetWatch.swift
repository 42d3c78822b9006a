package import AssayModel
internal import AssayReport
internal import AssayStore

/// What people watch: the fleet, the line, and the collector itself.
struct FleetWatch: Sendable {
    /// Results on the page of a line.
    private static let resultLimit = 13
    /// Time over which the yield of stations is counted.
    private static let shift = Duration.seconds(86_400)

    let operations: Operations
    let metrics: CollectorMetrics
    let changes: ChangeFeed
    /// How long a device may be quiet before it is called silent.
    let patience: Duration
    /// Where devices and people reach the collector.
    let address: String

    /// How the fleet stands.
    func overview(at now: Timestamp) async throws -> FleetOverview {
        try await operations.overview(at: now, patience: patience)
    }

    /// What comes off the line, of all stations or of one.
    func line(station: String?, at now: Timestamp) async throws -> LineView {
        let store = operations.store
        let query = ResultQuery(station: station)
        let results = try await store.results(query, after: nil, limit: Self.resultLimit).results
        let yields = try await store.yields(ResultQuery(since: now.adding(.zero - Self.shift)))
        var last: LineView.Last?
        if let newest = results.first {
            let detail = try await operations.result(newest.digest.hex)
            last = LineView.Last(
                result: detail.result, differences: detail.statement.predicate.differences,
                outcomes: detail.statement.predicate.outcomes)
        }
        return LineView(
            station: station, last: last, results: results.dropFirst().map(ResultView.init),
            stations: yields.map(YieldView.init))
    }

    /// How the collector itself is.
    func health(at now: Timestamp) async throws -> CollectorHealth {
        let store = operations.store
        let figures = try await store.statistics()
        let condition = try await store.condition()
        let activity = metrics.activity()
        return CollectorHealth(
            version: CollectorVersion.number, startedAt: metrics.start, devices: figures.devices,
            waiting: figures.dirtyDevices, databaseSize: condition.size, freeSpace: condition.free,
            backedUpAt: condition.backedUp, reports: activity.reports, failures: activity.failures,
            evaluations: activity.evaluations, failedEvaluations: activity.failedEvaluations,
            evaluationMilliseconds: activity.meanEvaluation.map { ($0 / .milliseconds(1) * 10).rounded() / 10 },
            lastEvaluation: activity.lastEvaluation, lists: try await ListLibrary(store: store).lists(at: now))
    }
}

/// What comes off the line.
package struct LineView: Sendable, Codable {
    /// The unit that was verified last.
    package struct Last: Sendable, Codable {
        /// The result.
        package let result: ResultView
        /// What differs or could not be told, a line each, the first ones.
        package let differences: [String]
        /// Number of outcomes by name.
        package let outcomes: [String: Int]
    }

    /// The station that was asked for.
    package let station: String?
    /// The unit that was verified last; nil before the first.
    package let last: Last?
    /// Those before it, newest first.
    package let results: [ResultView]
    /// Yield by station over the last 24 hours.
    package let stations: [YieldView]
}

/// How a collector is.
package struct CollectorHealth: Sendable, Codable {
    /// Version of the program.
    package let version: String
    /// When it began to serve.
    package let startedAt: Timestamp
    /// Enrolled devices.
    package let devices: Int
    /// Devices that wait for evaluation.
    package let waiting: Int
    /// Bytes of the database.
    package let databaseSize: Int64
    /// Bytes that are free where it lies.
    package let freeSpace: Int64?
    /// When it was last backed up.
    package let backedUpAt: Timestamp?
    /// Reports by result since the start.
    package let reports: [String: Int]
    /// Answers with an error of the collector since the start.
    package let failures: Int
    /// Evaluations since the start.
    package let evaluations: Int
    /// Evaluations that failed since the start.
    package let failedEvaluations: Int
    /// Mean time of an evaluation that ran the rules, in milliseconds.
    package let evaluationMilliseconds: Double?
    /// When the last evaluation ended.
    package let lastEvaluation: Timestamp?
    /// The lists that rules judge with, and their age.
    package let lists: [ListView]
}

extension CollectorConfiguration {
    /// How long a device may be quiet before it is called silent: three times the longest way from one report to the next.
    var patience: Duration { .seconds(3 * (reportAfter + reportSpread)) }
}
