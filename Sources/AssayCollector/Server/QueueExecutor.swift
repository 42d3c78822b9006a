internal import Dispatch

/// Runs an actor's work on a queue of its own, for work that would block the threads that serve requests.
package final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    /// Makes a queue.
    package init(label: String) { queue = DispatchQueue(label: label) }

    /// Takes a piece of work.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
