import Synchronization
import Testing

@testable import AssayCollector

/// The answer to "can it be written", which many may ask and few may cause.
struct ReadinessTests {
    struct Full: Error {}

    @Test func theStoreIsAskedOnceInTwoSeconds() async {
        let calls = Mutex(0)
        let isFull = Mutex(true)
        let readiness = Readiness {
            calls.withLock { $0 += 1 }
            if isFull.withLock(\.self) { throw Full() }
        }
        let start = ContinuousClock.now
        #expect(await readiness.failure(at: start) == "Full()")
        isFull.withLock { $0 = false }
        #expect(await readiness.failure(at: start + .milliseconds(1999)) == "Full()", "the answer of before")
        #expect(calls.withLock(\.self) == 1)
        #expect(await readiness.failure(at: start + .seconds(2)) == nil, "space is back")
        #expect(calls.withLock(\.self) == 2)
    }

    @Test func manyAtOnceShareOneAnswer() async {
        let calls = Mutex(0)
        let readiness = Readiness { calls.withLock { $0 += 1 } }
        let now = ContinuousClock.now
        await withTaskGroup(of: String?.self) { group in
            for _ in 0..<50 { group.addTask { await readiness.failure(at: now) } }
            for await reason in group { #expect(reason == nil) }
        }
        #expect(calls.withLock(\.self) == 1)
    }
}
