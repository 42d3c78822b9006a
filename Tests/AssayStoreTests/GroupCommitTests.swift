import Synchronization
import Testing

@testable import AssayStoreSQLite

/// Requests that arrive together share a commit, and nobody is answered before it.
struct GroupCommitTests {
    struct Refused: Error {}

    @Test func everyRequestGetsItsOwnResult() async throws {
        let queue = GroupCommit<Int, Int> { batch in batch.map { $0 * 2 } }
        try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for number in 0..<500 { group.addTask { (number, try await queue.submit(number)) } }
            for try await (number, result) in group { #expect(result == number * 2) }
        }
    }

    @Test func requestsThatWaitShareACommit() async throws {
        let sizes = Mutex<[Int]>([])
        let gate = AsyncStream<Void>.makeStream()
        let queue = GroupCommit<Int, Int>(limit: 64) { batch in
            sizes.withLock { $0.append(batch.count) }
            // The first commit is held until all others wait behind it.
            if batch == [0] { for await _ in gate.stream { break } }
            return batch
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await queue.submit(0) }
            while sizes.withLock({ $0.isEmpty }) { await Task.yield() }
            for number in 1...100 { group.addTask { _ = try await queue.submit(number) } }
            while queue.waitingCount < 100 { await Task.yield() }
            gate.continuation.yield()
            try await group.waitForAll()
        }
        #expect(sizes.withLock { $0 } == [1, 64, 36])
    }

    @Test func aFailedCommitFailsAllThatWereInIt() async throws {
        let queue = GroupCommit<Int, Int> { batch in
            if batch.contains(1) { throw Refused() }
            return batch
        }
        await #expect(throws: Refused.self) { try await queue.submit(1) }
        #expect(try await queue.submit(2) == 2)
    }
}
