internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization

/// Ends connections whose request takes too long, so that slow bodies cannot hold them for ever.
///
/// One look every few seconds costs less than a timer a request.
final class RequestDeadlines: Service {
    private struct Entry {
        var channel: any Channel
        var deadline: ContinuousClock.Instant
    }

    private static let interval = Duration.seconds(5)
    private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

    /// Runs `body`; the connection is closed when it is not done within `limit`.
    func within<T>(
        _ limit: Duration, _ channel: any Channel, _ body: () async throws -> T
    ) async rethrows -> T {
        let entry = Entry(channel: channel, deadline: .now + limit)
        entries.withLock { $0[ObjectIdentifier(channel)] = entry }
        defer { entries.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) } }
        return try await body()
    }

    /// Closes what is overdue.
    func closeOverdue(at now: ContinuousClock.Instant = .now) {
        let overdue = entries.withLock { entries in entries.values.filter { $0.deadline <= now } }
        for entry in overdue { entry.channel.close(promise: nil) }
    }

    /// Looks until the collector shuts down.
    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.interval)
                self.closeOverdue()
            }
        }
    }
}
