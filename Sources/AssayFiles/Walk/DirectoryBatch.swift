internal import AssayHost
internal import CLinux
internal import Glibc

/// The next entries of one directory in the order of the walk: regular files and subdirectories, at most so many.
///
/// The order is that of the bytes of the full paths below, so a directory sorts as its name with a slash behind it. A
/// directory that holds more than one batch is read again from the start for every further batch, each time keeping the
/// smallest names above the last one: any number of entries needs the memory of two batches.
struct DirectoryBatch {
    /// One name.
    struct Entry {
        /// Where the NUL-terminated name starts in ``DirectoryBatch/names``.
        var offset: UInt32
        /// Length of the name without the NUL.
        var length: UInt32
        /// Inode number as the directory states it.
        var inode: UInt64
        /// Whether this is a subdirectory.
        var isDirectory: Bool
    }

    /// The names, each ended by NUL.
    private(set) var names: [UInt8] = []
    /// The entries in order.
    private(set) var entries: [Entry] = []
    /// Whether the directory holds more entries above the last one.
    private(set) var hasMore = false
    /// Error number that ended the reading early, or 0.
    private(set) var errorNumber: Int32 = 0

    /// No entries.
    init() {}

    /// Reads the first `limit` entries above `lower`, which is a name as ``lastKey`` gives it.
    init(of directory: Int32, above lower: [UInt8]? = nil, limit: Int, buffer: UnsafeMutableRawBufferPointer) {
        let rewound = assay_rewind(directory)
        errorNumber = rewound < 0 ? -rewound : 0
        guard rewound == 0 else { return }
        while true {
            let filled = assay_list(directory, buffer.baseAddress, buffer.count)
            // A directory removed while it is being read is empty, not broken.
            if filled < 0 { errorNumber = filled == -Int(ENOENT) ? 0 : Int32(-filled) }
            guard filled > 0 else { break }
            take(buffer, filled: filled, of: directory, above: lower)
            if entries.count >= 2 * limit { cut(to: limit) }
        }
        cut(to: limit)
    }

    /// The last entry's name, with a slash behind it for a directory.
    var lastKey: [UInt8]? { entries.last.map { key(of: $0) } }

    /// Calls `body` with the NUL-terminated name of an entry.
    func withName<R>(of entry: Entry, _ body: (UnsafePointer<CChar>) throws -> R) rethrows -> R {
        try names.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[Int(entry.offset)...])
            return try rest.withMemoryRebound(to: CChar.self) { text in
                // The name and its NUL are always there, so the base address is too.
                guard let base = text.baseAddress else { preconditionFailure("a name has at least its NUL") }
                return try body(base)
            }
        }
    }

    /// The bytes of an entry's name.
    func name(of entry: Entry) -> ArraySlice<UInt8> {
        names[Int(entry.offset)..<Int(entry.offset) + Int(entry.length)]
    }

    private func key(of entry: Entry) -> [UInt8] {
        var key = Array(name(of: entry))
        if entry.isDirectory { key.append(UInt8(ascii: "/")) }
        return key
    }

    private mutating func take(
        _ buffer: UnsafeMutableRawBufferPointer, filled: Int, of directory: Int32, above lower: [UInt8]?
    ) {
        var position = 0
        var found = assay_entry()
        while assay_next_entry(buffer.baseAddress, filled, &position, &found) != 0 {
            guard let name = found.name, let isDirectory = Self.isDirectory(found, in: directory) else { continue }
            let bytes = UnsafeRawBufferPointer(start: name, count: Int(found.name_length))
            if bytes.count <= 2, bytes.allSatisfy({ $0 == UInt8(ascii: ".") }) { continue }
            if let lower, !Self.isAbove(bytes, isDirectory: isDirectory, lower) { continue }
            entries.append(
                Entry(
                    offset: UInt32(names.count), length: found.name_length, inode: found.inode,
                    isDirectory: isDirectory))
            names.append(contentsOf: bytes)
            names.append(0)
        }
    }

    /// Keeps the `limit` smallest entries, in order, and drops the names of the others.
    private mutating func cut(to limit: Int) {
        names.withUnsafeBytes { bytes in
            entries.sort { left, right in
                Self.precedes(
                    Self.part(left, of: bytes), left.isDirectory, Self.part(right, of: bytes), right.isDirectory)
            }
        }
        guard entries.count > limit else { return }
        hasMore = true
        entries.removeSubrange(limit...)
        var kept: [UInt8] = []
        kept.reserveCapacity(names.count / 2)
        for index in entries.indices {
            let start = UInt32(kept.count)
            kept.append(contentsOf: name(of: entries[index]))
            kept.append(0)
            entries[index].offset = start
        }
        names = kept
    }

    /// Whether the entry is a directory; nil for what is neither a directory nor a regular file.
    private static func isDirectory(_ entry: assay_entry, in directory: Int32) -> Bool? {
        switch Int(entry.type) {
        case Int(DT_REG): return false
        case Int(DT_DIR): return true
        case Int(DT_UNKNOWN):
            var failure: Int32 = 0
            guard let name = entry.name, let status = FileStatus(of: name, in: directory, errorNumber: &failure) else {
                return nil
            }
            return status.kind == .directory ? true : status.kind == .regular ? false : nil
        default: return nil
        }
    }

    private static func part(_ entry: Entry, of names: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: names[Int(entry.offset)..<Int(entry.offset) + Int(entry.length)])
    }

    private static func isAbove(_ name: UnsafeRawBufferPointer, isDirectory: Bool, _ lower: [UInt8]) -> Bool {
        lower.withUnsafeBytes { precedes($0, false, name, isDirectory) }
    }

    /// Byte order of two names, each with a slash behind it when it is a directory's.
    private static func precedes(
        _ left: UnsafeRawBufferPointer, _ leftIsDirectory: Bool,
        _ right: UnsafeRawBufferPointer, _ rightIsDirectory: Bool
    ) -> Bool {
        let common = min(left.count, right.count)
        if common > 0, let leftBase = left.baseAddress, let rightBase = right.baseAddress {
            let order = memcmp(leftBase, rightBase, common)
            if order != 0 { return order < 0 }
        }
        let leftNext = next(left, common, leftIsDirectory)
        let rightNext = next(right, common, rightIsDirectory)
        if leftNext == rightNext {
            return left.count + (leftIsDirectory ? 1 : 0) < right.count + (rightIsDirectory ? 1 : 0)
        }
        return leftNext < rightNext
    }

    /// The byte at `position` of a key, −1 behind its end.
    private static func next(_ name: UnsafeRawBufferPointer, _ position: Int, _ isDirectory: Bool) -> Int {
        if position < name.count { return Int(name[position]) }
        return isDirectory ? Int(UInt8(ascii: "/")) : -1
    }
}
