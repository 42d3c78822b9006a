internal import Synchronization

/// Counters of a running scan that another thread may read at any time.
package final class FileScanProgress: Sendable {
    private let seen = Atomic<Int>(0)
    private let read = Atomic<Int>(0)
    private let bytes = Atomic<Int>(0)
    private let expected = Atomic<Int>(0)

    /// Nothing done yet.
    package init() {}

    /// Regular files met so far.
    package var filesSeen: Int { seen.load(ordering: .relaxed) }
    /// Files hashed so far.
    package var filesHashed: Int { read.load(ordering: .relaxed) }
    /// Bytes hashed so far.
    package var bytesHashed: Int { bytes.load(ordering: .relaxed) }
    /// Estimate of the regular files to be met in all; nil when nothing is known.
    ///
    /// It comes from the previous scan or from the number of inodes that the root's file system uses.
    package var filesExpected: Int? {
        let count = expected.load(ordering: .relaxed)
        return count > 0 ? count : nil
    }

    func sawFiles(_ count: Int) { seen.add(count, ordering: .relaxed) }
    func hashedFile() { read.add(1, ordering: .relaxed) }
    func hashedBytes(_ count: Int) { bytes.add(count, ordering: .relaxed) }
    func expectFiles(_ count: Int) { expected.store(count, ordering: .relaxed) }
}
