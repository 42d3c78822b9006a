internal import Dispatch
internal import Synchronization

/// The workers that read files, and the bounded queue in front of them.
final class HashPipeline: Sendable {
    private struct Queue {
        var batches: [HashBatch] = []
        var isClosed = false
    }

    /// Makes the examiner of one worker; the argument tells whether the work was called off.
    typealias MakeExaminer = @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) -> FileExaminer

    private let queue = Mutex(Queue())
    private let available = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: 0)
    private let cancelled = Atomic<Bool>(false)
    private let threads = Mutex<[WorkerThread]>([])
    private let workers: Int
    private let makeExaminer: MakeExaminer

    /// A pipeline that starts its workers with the first batch.
    init(workers: Int, makeExaminer: @escaping MakeExaminer) {
        self.workers = max(1, workers)
        self.makeExaminer = makeExaminer
        // Raised from zero, not created with the value: a semaphore may not end below the value it began with.
        for _ in 0..<(2 * max(1, workers)) { room.signal() }
    }

    /// Queues a batch; blocks while the queue is full.
    func submit(_ batch: HashBatch) {
        guard startWorkers() else {
            let examiner = makeExaminer { false }
            return batch.finish(batch.jobs.map { examiner.examine($0) })
        }
        room.wait()
        queue.withLock { $0.batches.append(batch) }
        available.signal()
    }

    /// Ends the workers; without `cancelling` after everything queued is done.
    func close(cancelling: Bool) {
        if cancelling { cancelled.store(true, ordering: .relaxed) }
        queue.withLock { $0.isClosed = true }
        let threads = self.threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for _ in threads { available.signal() }
        for thread in threads { thread.join() }
    }

    private func startWorkers() -> Bool {
        threads.withLock { threads in
            guard threads.isEmpty else { return true }
            for _ in 0..<workers {
                guard let thread = WorkerThread({ [self] in work() }) else { break }
                threads.append(thread)
            }
            return !threads.isEmpty
        }
    }

    private func work() {
        let examiner = makeExaminer { [self] in cancelled.load(ordering: .relaxed) }
        while let batch = next() {
            batch.finish(
                batch.jobs.map { cancelled.load(ordering: .relaxed) ? .gone : examiner.examine($0) })
        }
    }

    private func next() -> HashBatch? {
        available.wait()
        let batch = queue.withLock { $0.batches.isEmpty ? nil : $0.batches.removeFirst() }
        if batch != nil { room.signal() }
        return batch
    }
}
