internal import AssayHost
internal import AssayModel
internal import CLinux
internal import Glibc

/// A regular file that the walk met.
struct TreeFile {
    /// Name inside the batch.
    var entry: DirectoryBatch.Entry
    /// Status at the time of the walk.
    var status: FileStatus
}

/// Takes what a ``TreeWalk`` meets.
protocol TreeVisitor: AnyObject {
    /// Files of one directory that follow each other in order; `prefix` is the directory's path with a slash behind it.
    func visit(_ files: [TreeFile], of batch: DirectoryBatch, in directory: DirectoryHandle, below prefix: [UInt8])
        throws
    /// Something that could not be looked at, in order with the files.
    func note(_ gap: Gap) throws
    /// Whether a rule leaves out the file or directory at `path`.
    func excludes(_ path: [UInt8]) -> Bool
}

/// Walks a tree in the byte order of the full paths, descriptor by descriptor, without following a link.
///
/// Names are looked up in the directory that was listed, never by path: a directory replaced while the walk goes on
/// cannot lead it elsewhere. Memory is bounded: a few names of each directory on the way down, whatever the tree looks
/// like.
struct TreeWalk {
    /// Most entries held in all directories on the way down together.
    private static let entryBudget = 65_536
    /// Fewest entries of one directory held at a time, however many levels are open.
    private static let smallestBatch = 128
    /// Most files handed over at once.
    private static let runLimit = 512

    private struct Frame {
        var directory: DirectoryHandle
        var device: UInt64
        var batch: DirectoryBatch
        var next = 0
        var prefixCount: Int
    }

    private let options: FileScanOptions
    private let mounts: MountTable
    private let rootType: FileSystemType?
    private unowned let visitor: any TreeVisitor
    private let buffer = ListingBuffer()
    private var frames: [Frame] = []
    private var heldEntries = 0
    private var prefix: [UInt8] = [UInt8(ascii: "/")]

    /// Starts at an open directory.
    init(root: DirectoryHandle, mounts: MountTable, options: FileScanOptions, visitor: any TreeVisitor) throws {
        self.options = options
        self.mounts = mounts
        self.visitor = visitor
        rootType = FileSystemType(of: root.number)
        var failure: Int32 = 0
        guard let status = FileStatus(of: "", in: root.number, errorNumber: &failure) else {
            throw HostFailure.from(errorNumber: failure, path: "/") ?? HostFailure(.ioError, path: "/")
        }
        try push(root, device: status.device)
    }

    /// Walks everything.
    mutating func run() throws {
        while let frame = frames.last {
            guard frame.next < frame.batch.entries.count else {
                try nextBatch()
                continue
            }
            let entry = frame.batch.entries[frame.next]
            if entry.isDirectory {
                frames[frames.count - 1].next += 1
                try enter(entry, of: frame)
            } else {
                try visitFiles(of: frame)
            }
        }
    }

    private mutating func push(_ directory: DirectoryHandle, device: UInt64) throws {
        let batch = DirectoryBatch(of: directory.number, limit: batchLimit, buffer: buffer.bytes)
        try noteListingFailure(batch)
        heldEntries += batch.entries.count
        frames.append(Frame(directory: directory, device: device, batch: batch, prefixCount: prefix.count))
    }

    /// Replaces a batch that was worked off by the one behind it, or leaves the directory.
    private mutating func nextBatch() throws {
        guard var frame = frames.popLast() else { return }
        heldEntries -= frame.batch.entries.count
        guard frame.batch.hasMore, let lower = frame.batch.lastKey else {
            prefix.removeSubrange((frames.last?.prefixCount ?? prefix.count)...)
            return
        }
        // The old batch goes before the new one comes.
        frame.batch = DirectoryBatch()
        frame.batch = DirectoryBatch(of: frame.directory.number, above: lower, limit: batchLimit, buffer: buffer.bytes)
        frame.next = 0
        try noteListingFailure(frame.batch)
        heldEntries += frame.batch.entries.count
        frames.append(frame)
    }

    private var batchLimit: Int {
        min(options.hooks.batchLimit, max(Self.smallestBatch, (Self.entryBudget - heldEntries) / 2))
    }

    private mutating func visitFiles(of frame: Frame) throws {
        var entries: [DirectoryBatch.Entry] = []
        for entry in frame.batch.entries[frame.next...].prefix(Self.runLimit) {
            guard !entry.isDirectory else { break }
            entries.append(entry)
        }
        frames[frames.count - 1].next += entries.count
        // Inode tables are read from front to back this way, whatever the order of the names.
        let order = entries.indices.sorted { entries[$0].inode < entries[$1].inode }
        var statuses = [FileStatus?](repeating: nil, count: entries.count)
        var failures: [Int: Int32] = [:]
        for index in order {
            var failure: Int32 = 0
            statuses[index] = frame.batch.withName(of: entries[index]) {
                FileStatus(of: $0, in: frame.directory.number, errorNumber: &failure)
            }
            if failure != 0, failure != ENOENT { failures[index] = failure }
        }
        for (index, failure) in failures.sorted(by: { $0.key < $1.key }) {
            try note(failure, prefix + frame.batch.name(of: entries[index]))
        }
        var files: [TreeFile] = []
        files.reserveCapacity(entries.count)
        for index in entries.indices {
            guard let status = statuses[index], status.kind == .regular else { continue }
            guard prefix.count + Int(entries[index].length) <= options.pathLimit else {
                try visitor.note(tooLong(prefix + frame.batch.name(of: entries[index])))
                continue
            }
            files.append(TreeFile(entry: entries[index], status: status))
        }
        try visitor.visit(files, of: frame.batch, in: frame.directory, below: prefix)
    }

    private mutating func enter(_ entry: DirectoryBatch.Entry, of frame: Frame) throws {
        let path = prefix + frame.batch.name(of: entry)
        guard !visitor.excludes(path) else { return }
        if let type = mounts.type(at: path) {
            return try visitor.note(FileScan.gap(path, .excluded, "file system \(type): not storage of this machine"))
        }
        guard path.count < options.pathLimit else { return try visitor.note(tooLong(path)) }
        guard frames.count < options.depthLimit else {
            return try visitor.note(
                FileScan.gap(path, .tooLarge, "nested deeper than \(options.depthLimit) directories"))
        }
        var failure: Int32 = 0
        let number = try frame.batch.withName(of: entry) { name throws -> Int32? in
            guard let status = FileStatus(of: name, in: frame.directory.number, errorNumber: &failure) else {
                return nil
            }
            guard status.kind == .directory else { return nil }
            if status.device != frame.device, try skipsMount(name, in: frame.directory, path) { return nil }
            let opened = assay_open_quietly(frame.directory.number, name, O_DIRECTORY)
            failure = opened < 0 ? -opened : 0
            return opened < 0 ? nil : opened
        }
        guard let number else { return failure == 0 ? () : try note(failure, path) }
        let directory = DirectoryHandle(owning: number)
        // What was opened counts, not what stood there a moment before.
        guard let status = FileStatus(of: "", in: number, errorNumber: &failure) else { return try note(failure, path) }
        prefix.append(contentsOf: frame.batch.name(of: entry))
        prefix.append(UInt8(ascii: "/"))
        try push(directory, device: status.device)
    }

    /// Whether another file system is mounted here that is not looked at; says so.
    private func skipsMount(
        _ name: UnsafePointer<CChar>, in directory: DirectoryHandle, _ path: [UInt8]
    ) throws -> Bool {
        // A handle without any access right mounts nothing and asks no server.
        let number = assay_open_nofollow(directory.number, name, assay_o_path | O_DIRECTORY)
        guard number >= 0 else { return false }
        defer { close(number) }
        guard let type = FileSystemType(of: number), type != rootType else { return false }
        if let reason = type.reasonToSkip {
            try visitor.note(FileScan.gap(path, .excluded, "file system \(type.name): \(reason.rawValue)"))
            return true
        }
        guard type.isMemory, path.starts(with: "/run".utf8), path.count == 4 || path[4] == UInt8(ascii: "/") else {
            return false
        }
        try visitor.note(FileScan.gap(path, .excluded, "run-time state in memory"))
        return true
    }

    private func noteListingFailure(_ batch: DirectoryBatch) throws {
        guard batch.errorNumber != 0 else { return }
        try note(batch.errorNumber, prefix.count > 1 ? Array(prefix.dropLast()) : prefix)
    }

    private func note(_ errorNumber: Int32, _ path: [UInt8]) throws {
        // ELOOP: replaced by a link meanwhile. A thing that is gone is no gap.
        guard errorNumber != ELOOP, let gap = FileScan.gap(path, errorNumber: errorNumber) else { return }
        try visitor.note(gap)
    }

    private func tooLong(_ path: [UInt8]) -> Gap {
        FileScan.gap(path, .tooLarge, "path longer than \(options.pathLimit) bytes")
    }
}

/// The buffer that directories are listed into.
private final class ListingBuffer {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    deinit { bytes.deallocate() }
}
