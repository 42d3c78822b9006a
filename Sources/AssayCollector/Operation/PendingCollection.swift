internal import AssayModel
internal import AssayStore
internal import Logging
internal import ServiceLifecycle

/// Collects what devices sent for reports that they never completed.
///
/// A device that comes back later is asked for it again: it keeps every report, and its content, until the
/// acknowledgement.
struct PendingCollection: Service {
    /// How long content waits for its report.
    static let patience = Duration.seconds(7 * 86_400)
    private static let interval = Duration.seconds(3600)

    let store: any Store
    let logger: Logger

    /// Looks at once and then every hour, until the collector shuts down.
    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await self.collect(at: .now)
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Drops what has waited too long at `now`.
    func collect(at now: Timestamp) async {
        do {
            let count = try await store.dropPending(before: now.adding(.zero - Self.patience))
            if count > 0 { logger.notice("dropped content of unfinished reports", metadata: ["objects": "\(count)"]) }
        } catch is CancellationError {
            return
        } catch {
            logger.error("cannot drop content of unfinished reports", metadata: ["error": "\(error)"])
        }
    }
}
