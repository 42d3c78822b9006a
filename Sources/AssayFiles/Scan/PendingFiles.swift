internal import AssayModel

/// Files that wait for their turn: what the walk met, in order, while their content is read out of order.
struct PendingFiles {
    /// One place in the order.
    enum Item {
        /// Known without reading.
        case record(ScanCacheRecord)
        /// Being read.
        case job(HashBatch, Int)
        /// Could not be looked at.
        case gap(Gap)
    }

    private var items: [Item] = []
    private var start = 0

    /// Number of files that wait.
    var count: Int { items.count - start }
    /// The file whose turn it is.
    var first: Item? { start < items.count ? items[start] : nil }

    /// Puts a file behind the others.
    mutating func append(_ item: Item) { items.append(item) }

    /// Removes the first file.
    mutating func removeFirst() {
        guard start < items.count else { return }
        // The place keeps nothing alive until the array is compacted.
        items[start] = .record(ScanCacheRecord())
        start += 1
        if start >= 512, start * 2 >= items.count {
            items.removeSubrange(..<start)
            start = 0
        }
    }
}
