internal import Synchronization

/// Gathers concurrent requests into one transaction, so that many share the price of one sync to disk.
///
/// The first caller leads: it commits what has gathered and hands each caller its result. Requests that arrive
/// meanwhile wait; one of them leads next. Nobody gets an answer before the commit that holds its request.
final class GroupCommit<Request: Sendable, Result: Sendable>: Sendable {
    private enum Wakening: Sendable {
        case done(Swift.Result<Result, any Error>)
        case lead
    }

    private struct Waiter {
        var request: Request
        var continuation: CheckedContinuation<Wakening, Never>?
    }

    private struct State {
        var waiting: [Waiter] = []
        var isLed = false
    }

    private let state = Mutex(State())
    private let limit: Int
    private let commit: @Sendable ([Request]) async throws -> [Result]

    /// Commits at most `limit` requests at a time through `commit`, which gives one result a request, in order.
    init(limit: Int = 256, commit: @escaping @Sendable ([Request]) async throws -> [Result]) {
        self.limit = limit
        self.commit = commit
    }

    /// Requests that no commit has taken yet.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Returns once the transaction that holds `request` is committed; throws when it was not.
    func submit(_ request: Request) async throws -> Result {
        let leads = state.withLock { state in
            guard !state.isLed else { return false }
            state.isLed = true
            state.waiting.insert(Waiter(request: request), at: 0)
            return true
        }
        if !leads {
            let wakening = await withCheckedContinuation { continuation in
                let leads = state.withLock { state in
                    // The leader may have left between the two locks.
                    let leads = !state.isLed
                    state.isLed = true
                    let waiter = Waiter(request: request, continuation: leads ? nil : continuation)
                    state.waiting.insert(waiter, at: leads ? 0 : state.waiting.count)
                    return leads
                }
                if leads { continuation.resume(returning: .lead) }
            }
            if case .done(let result) = wakening { return try result.get() }
        }
        return try await lead()
    }

    /// Commits what waits, the leader's own request first, and passes the lead on.
    private func lead() async throws -> Result {
        let batch = state.withLock { state in
            let batch = Array(state.waiting.prefix(limit))
            state.waiting.removeFirst(batch.count)
            return batch
        }
        let results: [Swift.Result<Result, any Error>]
        do {
            results = try await commit(batch.map(\.request)).map { .success($0) }
        } catch {
            results = batch.map { _ in .failure(error) }
        }
        for (waiter, result) in zip(batch, results).dropFirst() {
            waiter.continuation?.resume(returning: .done(result))
        }
        let next = state.withLock { state -> CheckedContinuation<Wakening, Never>? in
            guard !state.waiting.isEmpty else {
                state.isLed = false
                return nil
            }
            defer { state.waiting[0].continuation = nil }
            return state.waiting[0].continuation
        }
        next?.resume(returning: .lead)
        guard let own = results.first else { preconditionFailure("a leader commits its own request") }
        return try own.get()
    }
}
