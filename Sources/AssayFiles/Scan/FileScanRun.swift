internal import AssayBytes
internal import AssayHost
internal import AssayModel
internal import AssayPackages
internal import CLinux

/// One scan in progress: compares what the walk meets with the previous scan, has the rest read, and hands the files on
/// in order.
final class FileScanRun: TreeVisitor {
    /// Most files that wait for their turn.
    private static let windowLimit = 512
    /// Most files and bytes of one batch.
    private static let batchFiles = 32
    private static let batchBytes: Int64 = 8 << 20

    private let options: FileScanOptions
    private let progress: FileScanProgress
    private let ownership: FileOwnership
    private let sink: FileScan.Sink
    private let cache: ScanCacheSession
    private let pipeline: HashPipeline
    private var pending = PendingFiles()
    private var exclusions: ExclusionTally
    private var gaps: GapTally
    private var result = FileScanResult()
    private var path: [UInt8] = []

    /// Prepares a scan.
    init(
        options: FileScanOptions, packages: PackageFileIndex, progress: FileScanProgress, sink: @escaping FileScan.Sink
    ) {
        self.options = options
        self.progress = progress
        self.sink = sink
        ownership = FileOwnership(packages)
        exclusions = ExclusionTally(options.exclusions)
        gaps = GapTally(limit: options.gapLimit)
        cache = ScanCacheSession(options)
        let pacer = Pacer(bytesPerSecond: options.bytesPerSecond)
        let scan = cache.scan
        pipeline = HashPipeline(workers: options.workers ?? min(16, Int(assay_core_count()))) {
            [ownership] isCancelled in
            FileExaminer(
                reader: FileReader(
                    computesSHA512: options.computesSHA512, pacer: pacer, progress: progress, isCancelled: isCancelled),
                ownership: ownership, hooks: options.hooks, scan: scan)
        }
    }

    /// Carries the scan out.
    func scan(_ root: DirectoryHandle, mounts: MountTable) throws -> FileScanResult {
        progress.expectFiles(cache.expectedFiles ?? Int(clamping: assay_inodes_in_use(root.number)))
        let hashedBefore = (progress.filesHashed, progress.bytesHashed)
        do {
            var walk = try TreeWalk(root: root, mounts: mounts, options: options, visitor: self)
            try walk.run()
            while let item = pending.first { try complete(item) }
        } catch {
            pipeline.close(cancelling: true)
            cache.abandon()
            throw error
        }
        pipeline.close(cancelling: false)
        result.notices = cache.finish(files: result.filesSeen)
        result.gaps = gaps.all + exclusions.gaps
        result.gaps.sort { ($0.path, $0.kind.rawValue, $0.detail) < ($1.path, $1.kind.rawValue, $1.detail) }
        result.filesHashed = progress.filesHashed - hashedBefore.0
        result.bytesHashed = progress.bytesHashed - hashedBefore.1
        return result
    }

    // MARK: What the walk meets

    func excludes(_ path: [UInt8]) -> Bool { exclusions.covers(path) }

    func note(_ gap: Gap) throws { pending.append(.gap(gap)) }

    func visit(
        _ files: [TreeFile], of batch: DirectoryBatch, in directory: DirectoryHandle, below prefix: [UInt8]
    ) throws {
        progress.sawFiles(files.count)
        result.filesSeen += files.count
        var waiting: [(place: Int, job: FileJob)] = []
        var items: [PendingFiles.Item] = []
        for file in files {
            path.removeAll(keepingCapacity: true)
            path.append(contentsOf: prefix)
            path.append(contentsOf: batch.name(of: file.entry))
            if exclusions.covers(path) { continue }
            switch cache.look(up: path, FileIdentity(file.status), ownership) {
            case .unchanged(let record):
                if waiting.isEmpty, pending.count == 0 {
                    try emit(record)
                } else {
                    items.append(.record(record.compacted()))
                }
            case .read(let known):
                waiting.append((items.count, job(file, batch, directory, known)))
                items.append(.record(ScanCacheRecord()))
            }
        }
        for (place, batch, index) in submitted(&waiting) { items[place] = .job(batch, index) }
        for item in items { pending.append(item) }
        try drain()
    }

    private func job(
        _ file: TreeFile, _ batch: DirectoryBatch, _ directory: DirectoryHandle, _ known: ContentDigests?
    ) -> FileJob {
        FileJob(
            directory: directory, name: batch.name(of: file.entry) + [0], path: path, inode: file.status.inode,
            size: file.status.size, known: known)
    }

    /// Queues the files that are to be read, in the order of their inodes, and tells which batch each one went into.
    private func submitted(
        _ waiting: inout [(place: Int, job: FileJob)]
    ) -> [(place: Int, batch: HashBatch, index: Int)] {
        waiting.sort { $0.job.inode < $1.job.inode }
        var places: [(place: Int, batch: HashBatch, index: Int)] = []
        var rest = waiting[...]
        while !rest.isEmpty {
            var bytes: Int64 = 0
            let part = rest.prefix(Self.batchFiles).prefix { item in
                defer { bytes += item.job.size }
                return bytes < Self.batchBytes
            }
            let batch = HashBatch(part.map(\.job))
            for (index, item) in part.enumerated() { places.append((item.place, batch, index)) }
            pipeline.submit(batch)
            rest = rest.dropFirst(part.count)
        }
        return places
    }

    // MARK: Files in order

    /// Hands on what is ready, and waits when too much is not.
    private func drain() throws {
        while let item = pending.first {
            if case .job(let batch, _) = item, pending.count <= Self.windowLimit, !batch.isDone { return }
            try complete(item)
        }
    }

    private func complete(_ item: PendingFiles.Item) throws {
        switch item {
        case .record(let record): try emit(record)
        case .gap(let gap): gaps.add(gap)
        case .job(let batch, let index):
            batch.wait()
            switch batch.take(index) {
            case .gone: break
            case .unread(let gap): gaps.add(gap)
            case .record(let record): try emit(record)
            }
        }
        pending.removeFirst()
    }

    private func emit(_ record: ScanCacheRecord) throws {
        cache.append(record)
        guard record.flags.contains(.isReported) else { return }
        if record.flags.contains(.isMalformed) {
            gaps.add(
                FileScan.gap(record.path, .malformed, "ELF headers contradict the file; it is hashed all the same"))
        }
        if record.flags.contains(.isUnmeasured) {
            gaps.add(
                FileScan.gap(record.path, .unsupported, "the kernel did not tell the fs-verity digest that it enforces")
            )
        }
        result.filesReported += 1
        try sink(record.path, record.line)
    }
}
