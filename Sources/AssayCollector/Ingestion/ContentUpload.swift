internal import AssayModel
internal import AssayReport
internal import AssayStore

/// Takes content for one report out of a stream: only what the report names, in pieces that memory can hold.
struct ContentUpload: ~Copyable {
    /// Bytes of objects that are gathered before they are stored.
    private static let batchSize = 4 << 20

    private let store: any Store
    private let device: ContentDigest
    private let report: ContentDigest
    private let pendingLimit: Int
    private var gzip: GzipReader?
    private var frames = ContentFrameReader()
    private var wanted: Set<ContentDigest>
    /// Indexes that may arrive: their section and what the report says of it.
    private let indexes: [ContentDigest: (section: String, descriptor: SectionDescriptor)]
    private var batch: [(digest: ContentDigest, content: [UInt8])] = []
    private var batchBytes = 0
    private var received = 0
    private var taken = 0
    private let limit: Int
    /// Bytes of objects that were stored.
    private(set) var storedBytes = 0

    /// Expects the content that `report` lacks; `limit` holds for the decompressed stream, `pendingLimit` for everything
    /// that waits with the device.
    init(
        for report: VerifiedReport, missing: [ContentDigest], in store: any Store, limit: Int, pendingLimit: Int
    ) throws {
        self.store = store
        self.limit = limit
        self.pendingLimit = pendingLimit
        device = report.device.id
        self.report = report.digest
        wanted = Set(missing)
        var indexes: [ContentDigest: (section: String, descriptor: SectionDescriptor)] = [:]
        for (name, descriptor) in report.predicate.sections where descriptor.shards != nil {
            indexes[descriptor.digest] = (name, descriptor)
        }
        self.indexes = indexes
        gzip = try GzipReader(limits: GzipReader.Limits(size: limit))
    }

    /// Takes a piece of the stream; gzip is recognised by its first byte, which no frame can begin with.
    mutating func read(_ bytes: [UInt8]) async throws {
        guard let first = bytes.first else { return }
        if received == 0, first != 0x1f { gzip = nil }
        received += bytes.count
        if gzip == nil {
            guard received <= limit else { throw Problem.tooLarge("more than \(limit) bytes of content") }
            try take(bytes)
        } else {
            // A moved-out reader is put back, so that two exclusive accesses do not overlap.
            guard var reader = gzip.take() else { return }
            var pieces: [[UInt8]] = []
            try reader.read(bytes) { pieces.append($0) }
            gzip = consume reader
            for piece in pieces {
                try take(piece)
                if batchBytes >= Self.batchSize { try await flush() }
            }
        }
        if batchBytes >= Self.batchSize { try await flush() }
    }

    /// Ends the stream and stores what is left.
    mutating func finish() async throws {
        if received > 0, let reader = gzip.take() {
            try reader.finish()
            gzip = consume reader
        }
        try frames.finish()
        try await flush()
    }

    private mutating func take(_ bytes: [UInt8]) throws {
        var objects: [ContentObject] = []
        try frames.read(bytes) { objects.append($0) }
        for object in objects {
            // What nobody asked for is not kept: a device cannot fill the store with things of its own.
            guard wanted.remove(object.digest) != nil else { continue }
            if let (section, descriptor) = indexes[object.digest] {
                let index = try SectionIndex(parsing: object.bytes, of: section, as: descriptor)
                wanted.formUnion(index.shards.map(\.digest))
            }
            batch.append((object.digest, object.bytes))
            batchBytes += object.bytes.count
        }
    }

    private mutating func flush() async throws {
        guard !batch.isEmpty else { return }
        let pending = PendingContent(
            deviceID: device, report: report, objects: batch, limit: pendingLimit, at: .now)
        guard try await store.putPending(pending) else { throw Problem.pendingLimit(pendingLimit) }
        storedBytes += batchBytes
        batch = []
        batchBytes = 0
    }
}
