import Synchronization

@testable import AssayAgent

/// A disk in memory that forgets, as a real one may, every name that was not synchronised when the power went.
final class SimulatedDisk: StateFiles {
    private struct Content {
        var seen: [String: [UInt8]] = [:]
        var durable: [String: [UInt8]] = [:]
        var changes = 0
        var failsAt = Int.max
        var failure = StateFailure(.ioError, path: "", "power cut")
    }

    private let content = Mutex(Content())

    /// Number of changes so far.
    var changes: Int { content.withLock { $0.changes } }

    /// Lets the given change, counted from now, and every later one fail.
    func fail(after count: Int, with code: StateFailure.Code = .ioError) {
        content.withLock {
            $0.failsAt = $0.changes + count
            $0.failure = StateFailure(code, path: "", "injected")
        }
    }

    /// Starts again after a power cut: what was not synchronised is lost, or was written nevertheless.
    func restart(losing: Bool) {
        content.withLock {
            if losing { $0.seen = $0.durable } else { $0.durable = $0.seen }
            $0.failsAt = .max
        }
    }

    func paths(in directory: String) -> [String] {
        content.withLock { $0.seen.keys.filter { StatePath.parent(of: $0) == directory }.sorted() }
    }

    func put(_ bytes: [UInt8], at path: String) { content.withLock { $0.seen[path] = bytes } }

    func makeDirectory(_ path: String) throws(StateFailure) {}

    func list(_ path: String) throws(StateFailure) -> [String] {
        paths(in: path).map { String($0.dropFirst(path.count + 1)) }
    }

    func read(_ path: String, limit: Int) throws(StateFailure) -> [UInt8]? { content.withLock { $0.seen[path] } }

    func size(_ path: String) throws(StateFailure) -> Int? { content.withLock { $0.seen[path]?.count } }

    func write(_ bytes: [UInt8], to path: String) throws(StateFailure) {
        // A write that fails leaves half of the bytes.
        try change(
            orElse: { $0.seen[path] = Array(bytes.prefix(bytes.count / 2)) },
            { $0.seen[path] = bytes })
    }

    func rename(_ path: String, to target: String) throws(StateFailure) {
        try change { $0.seen[target] = $0.seen.removeValue(forKey: path) }
    }

    func remove(_ path: String) throws(StateFailure) { try change { $0.seen[path] = nil } }

    func synchronize(directory path: String) throws(StateFailure) {
        try change { content in
            for name in Set(content.seen.keys).union(content.durable.keys) where StatePath.parent(of: name) == path {
                content.durable[name] = content.seen[name]
            }
        }
    }

    private func change(
        orElse alternative: (inout Content) -> Void = { _ in }, _ body: (inout Content) -> Void
    ) throws(StateFailure) {
        let failure: StateFailure? = content.withLock { content in
            defer { content.changes += 1 }
            guard content.changes < content.failsAt else {
                if content.changes == content.failsAt { alternative(&content) }
                return content.failure
            }
            body(&content)
            return nil
        }
        if let failure { throw failure }
    }
}
