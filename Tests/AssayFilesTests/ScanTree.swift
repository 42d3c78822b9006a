import AssayHost
import AssayModel
import AssayPackages
import AssayTestKit
import Glibc
import Synchronization

@testable import AssayFiles

/// A tree with a cache beside it, and a clock that stands far behind every file of the tree unless a test moves it.
final class ScanTree {
    /// What one scan gave.
    struct Outcome: Equatable {
        var paths: [[UInt8]] = []
        var lines: [String] = []
        var result = FileScanResult()

        /// The reported files.
        var entries: [FileEntry] {
            lines.compactMap { try? CanonicalJSON.decode(FileEntry.self, from: Array($0.utf8)) }
        }

        /// The reported file at `path`.
        func entry(_ path: String) -> FileEntry? { entries.first { $0.path == path } }
    }

    let tree: HostTree
    let state: HostTree
    var options = FileScanOptions()
    var packages = PackageFileIndex.empty

    init(_ nodes: [String: HostTree.Node] = [:]) throws {
        tree = try HostTree(nodes)
        state = try HostTree()
        options.cachePath = state.path + "/files.cache"
        options.workers = 2
        // Files of a test are new: seen from next year they are old enough to be trusted.
        options.hooks.now = { Self.wallClock() &+ 365 * 86_400 * 1_000_000_000 }
        // Which file's turn it is to be read again depends on its path; tests that are about that set their own period.
        options.rehashPeriod = 1_000_000
    }

    var cachePath: String { options.cachePath ?? "" }

    func path(_ name: String) -> String { tree.path + name }

    func scan() throws -> Outcome {
        var outcome = Outcome()
        outcome.result = try FileScan.run(root: tree.root(), options: options, packages: packages) { path, line in
            outcome.paths.append(path)
            outcome.lines.append(String(decoding: line, as: UTF8.self))
        }
        return outcome
    }

    /// A scan without any cache.
    func freshScan() throws -> Outcome {
        let path = options.cachePath
        options.cachePath = nil
        defer { options.cachePath = path }
        return try scan()
    }

    static func wallClock() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

/// Counts from several threads.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
    func increment() { count.add(1, ordering: .relaxed) }
}
