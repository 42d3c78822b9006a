internal import AssayModel
package import AssayStore
package import Logging
internal import ServiceLifecycle

/// Evaluates devices whose standing is out of date, as long as the collector runs.
package struct EvaluationService: Service {
    /// How often to look for changes that another process made in the store.
    private static let interval = Duration.seconds(2)
    /// Devices whose standings are written in one transaction.
    private static let batch = 256
    /// Devices that are judged at once; more cores than these wait for the one writer.
    private static let width = 4

    private let evaluator: DeviceEvaluator
    private let indexer: ContentIndexer
    private let days: DayBook
    private let changes: ChangeFeed
    private let store: any Store
    private let logger: Logger
    private let signals: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// Evaluates the devices of `store`.
    package init(store: any Store, metrics: CollectorMetrics, logger: Logger) {
        self.init(store: store, metrics: metrics, changes: ChangeFeed(), logger: logger)
    }

    /// Evaluates the devices of `store`, and says so in `changes`.
    init(store: any Store, metrics: CollectorMetrics, changes: ChangeFeed, logger: Logger) {
        evaluator = DeviceEvaluator(store: store, metrics: metrics, logger: logger)
        self.changes = changes
        indexer = ContentIndexer(store: store, logger: logger)
        days = DayBook(store: store)
        self.store = store
        self.logger = logger
        (signals, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Says that there is something to do.
    @Sendable func wake() { continuation.yield() }

    /// Works until the collector shuts down; a device in work is finished first.
    package func run() async throws {
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
    package func settleDirtyDevices() async {
        var cursor: ContentDigest?
        var hasEvaluated = false
        do {
            _ = try await store.endExpiredWaivers(at: .now)
            repeat {
                let dirty = try await store.dirtyDevices(after: cursor, limit: Self.batch)
                if !dirty.isEmpty { try await evaluator.refreshLists() }
                // What is evaluated can be found: a device that is left half done is taken up again whole.
                for device in dirty { try await indexer.index(device.device) }
                try await settle(dirty)
                hasEvaluated = hasEvaluated || !dirty.isEmpty
                cursor = dirty.last?.device.id
            } while cursor != nil && !Task.isShuttingDownGracefully && !Task.isCancelled
            try await days.note(at: .now, afterChange: hasEvaluated)
            if hasEvaluated { changes.announce(.fleet) }
        } catch is CancellationError {
            return
        } catch {
            logger.error("cannot evaluate devices whose standing is out of date", metadata: ["error": "\(error)"])
        }
    }

    /// Judges devices, several at once, and writes what came of it together.
    private func settle(_ dirty: [DirtyDevice]) async throws {
        let evaluations = await withTaskGroup(of: DeviceEvaluation?.self) { group in
            var waiting = dirty.makeIterator()
            var evaluations: [DeviceEvaluation] = []
            for _ in 0..<Self.width {
                if let device = waiting.next() { group.addTask { await evaluate(device) } }
            }
            while let evaluation = await group.next() {
                if let evaluation { evaluations.append(evaluation) }
                guard !Task.isShuttingDownGracefully, !Task.isCancelled, let device = waiting.next() else { continue }
                group.addTask { await evaluate(device) }
            }
            return evaluations
        }
        if !evaluations.isEmpty { try await finish(evaluations) }
    }

    /// Writes all together; where one cannot be written, each by itself, so that it holds up no other.
    private func finish(_ evaluations: [DeviceEvaluation]) async throws {
        do { try await store.finish(evaluations) } catch let failure as StoreFailure where failure.code != .inputOutput
        {
            for evaluation in evaluations {
                do { try await store.finish([evaluation]) } catch let failure as StoreFailure
                    where failure.code != .inputOutput
                {
                    logger.error(
                        "evaluation put off",
                        metadata: ["device": "\(evaluation.deviceID)", "error": "\(failure)"])
                }
            }
        }
    }

    private func evaluate(_ device: DirtyDevice) async -> DeviceEvaluation? {
        do { return try await evaluator.evaluate(device) } catch is CancellationError { return nil } catch {
            // The device stays dirty, so that the next round takes it up again.
            logger.error(
                "evaluation put off", metadata: ["device": "\(device.device.id)", "error": "\(error)"])
            return nil
        }
    }
}
