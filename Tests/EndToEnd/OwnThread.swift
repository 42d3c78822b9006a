import Dispatch
import Testing

/// Runs tests on a thread of their own, one at a time.
///
/// A test that waits for a program holds its thread. The threads that all asynchronous tests share are as few as the
/// processors: held for long, they keep others' servers from answering until connections are given up.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    private static let executor = SerialExecutor()

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(Self.executor) { try await function() }
    }

    private final class SerialExecutor: TaskExecutor {
        private let queue = DispatchQueue(label: "tests that wait for programs")

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }
}

extension Trait where Self == OwnThread {
    /// On a thread of its own, after the other tests of this kind.
    static var ownThread: OwnThread { OwnThread() }
}
