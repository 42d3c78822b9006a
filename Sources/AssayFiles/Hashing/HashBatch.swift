internal import Dispatch
internal import Synchronization

/// Some files that one worker reads, and what came of them.
final class HashBatch: Sendable {
    /// Files to read, in this order.
    let jobs: [FileJob]

    private let outcomes = Mutex<[FileOutcome]>([])
    private let done = DispatchSemaphore(value: 0)

    /// A batch that nobody has read yet.
    init(_ jobs: [FileJob]) { self.jobs = jobs }

    /// Hands the outcomes over, one for each job.
    func finish(_ outcomes: [FileOutcome]) {
        self.outcomes.withLock { $0 = outcomes }
        done.signal()
    }

    /// Whether the outcomes are there.
    var isDone: Bool {
        guard done.wait(timeout: .now()) == .success else { return false }
        done.signal()
        return true
    }

    /// Blocks until the outcomes are there.
    func wait() {
        done.wait()
        done.signal()
    }

    /// Gives one outcome away; a second call for the same job finds it gone.
    func take(_ index: Int) -> FileOutcome {
        outcomes.withLock { outcomes in
            guard outcomes.indices.contains(index) else { return .gone }
            let outcome = outcomes[index]
            outcomes[index] = .gone
            return outcome
        }
    }
}
