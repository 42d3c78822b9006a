internal import AssayModel
internal import AssayStore
internal import Logging
internal import ServiceLifecycle

/// Evaluates devices whose standing is out of date, as long as the collector runs.
struct EvaluationService: Service {
    /// How often to look for changes that another process made in the store.
    private static let interval = Duration.seconds(2)
    private static let batch = 64

    private let evaluator: DeviceEvaluator
    private let store: any Store
    private let logger: Logger
    private let signals: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// Takes devices from `store` to `evaluator`.
    init(evaluator: DeviceEvaluator, store: any Store, logger: Logger) {
        self.evaluator = evaluator
        self.store = store
        self.logger = logger
        (signals, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that there is something to do.
    @Sendable func wake() { continuation.yield() }

    /// Works until the collector shuts down; a device in work is finished first.
    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    wake()
                    try? await Task.sleep(for: Self.interval)
                }
            }
            await withGracefulShutdownHandler {
                for await _ in signals { await settleDirtyDevices() }
            } onGracefulShutdown: {
                continuation.finish()
            }
            group.cancelAll()
        }
    }

    /// Evaluates all that are dirty, in the order of their ids so that one that cannot be finished holds up no other.
    private func settleDirtyDevices() async {
        var cursor: ContentDigest?
        do {
            _ = try await store.endExpiredWaivers(at: .now)
            repeat {
                let dirty = try await store.dirtyDevices(after: cursor, limit: Self.batch)
                if !dirty.isEmpty { try await evaluator.refreshLists() }
                for device in dirty where !Task.isShuttingDownGracefully && !Task.isCancelled {
                    await evaluate(device)
                }
                cursor = dirty.last?.device.id
            } while cursor != nil && !Task.isShuttingDownGracefully && !Task.isCancelled
        } catch is CancellationError {
            return
        } catch {
            logger.error("cannot list what is to be evaluated", metadata: ["error": "\(error)"])
        }
    }

    private func evaluate(_ device: DirtyDevice) async {
        do { try await evaluator.evaluate(device) } catch is CancellationError { return } catch {
            // The device stays dirty, so that the next round takes it up again.
            logger.error(
                "evaluation put off", metadata: ["device": "\(device.device.id)", "error": "\(error)"])
        }
    }
}
