/// Whether the store can be written, asked at most once in two seconds however many want to know.
///
/// Anyone may ask, and every answer costs a sync to disk.
actor Readiness {
    private static let validity = Duration.seconds(2)

    private let check: @Sendable () async throws -> Void
    private var last: (task: Task<String?, Never>, startedAt: ContinuousClock.Instant)?

    /// Asks through `check`, which throws when the store cannot be written.
    init(check: @Sendable @escaping () async throws -> Void) { self.check = check }

    /// Why the store cannot be written; nil when it can.
    func failure(at now: ContinuousClock.Instant = .now) async -> String? {
        if let last, now - last.startedAt < Self.validity { return await last.task.value }
        let check = check
        // Not a child of the request: others wait for the same answer when the one that asked first goes away.
        let task = Task<String?, Never> {
            do { try await check() } catch { return "\(error)" }
            return nil
        }
        last = (task, now)
        return await task.value
    }
}
