internal import AssayStore

/// Whether the store can be written, asked at most once in two seconds however many want to know.
///
/// Anyone may ask, and every answer costs a sync to disk.
actor Readiness {
    private static let validity = Duration.seconds(2)

    private let store: any Store
    private var check: (task: Task<String?, Never>, startedAt: ContinuousClock.Instant)?

    /// Asks `store`.
    init(store: any Store) { self.store = store }

    /// Why the store cannot be written; nil when it can.
    func failure(at now: ContinuousClock.Instant = .now) async -> String? {
        if let check, now - check.startedAt < Self.validity { return await check.task.value }
        let store = store
        // Not a child of the request: others wait for the same answer when the one that asked first goes away.
        let task = Task<String?, Never> {
            do { try await store.checkWritable() } catch { return "\(error)" }
            return nil
        }
        check = (task, now)
        return await task.value
    }
}
