internal import AssayModel
internal import AssayStore
internal import Synchronization

/// Writes down how the fleet stands, for every day.
final class DayBook: Sendable {
    /// How often a day on which much happens is written.
    private static let interval = Duration.seconds(60)

    private let store: any Store
    private let last = Mutex<Timestamp?>(nil)

    /// Writes to a store.
    init(store: any Store) { self.store = store }

    /// Writes the day of `time` when it was not written yet, or something changed and the last time was a while ago.
    func note(at time: Timestamp, afterChange: Bool) async throws {
        let isDue = last.withLock { last in
            guard let last, last.startOfDay == time.startOfDay else { return true }
            return afterChange && last.adding(Self.interval) <= time
        }
        guard isDue else { return }
        try await store.noteDay(of: time)
        last.withLock { $0 = time }
    }
}
