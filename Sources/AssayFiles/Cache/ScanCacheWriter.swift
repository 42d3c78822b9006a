internal import AssayHost
internal import Glibc

/// Writes the cache for the next scan beside the old one and puts it in place at the very end.
///
/// A failure (disk full, folder not writable) never disturbs the scan: nothing more is written, the old cache stays.
final class ScanCacheWriter {
    private static let blockSize = 64 << 10

    /// What went wrong, if anything.
    private(set) var failure: HostFailure?

    private let path: String
    private let temporaryPath: String
    private let file: Descriptor
    private var header: ScanCacheHeader
    private var block: [UInt8] = []
    private var previousPath: [UInt8] = []

    /// Starts a cache that will stand at `path`.
    init(path: String, header: ScanCacheHeader) throws(HostFailure) {
        self.path = path
        self.header = header
        temporaryPath = path + ".new"
        var errorNumber: Int32 = 0
        // What is no cache is never replaced by one.
        if let present = FileStatus(of: path, in: AT_FDCWD, errorNumber: &errorNumber), present.kind != .regular {
            throw HostFailure(.wrongType, path: path)
        }
        let number = open(temporaryPath, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard number >= 0 else { throw Self.failure(errno, temporaryPath) }
        file = Descriptor(owning: number, path: temporaryPath)
        // The lock goes with the descriptor, so a scan that was killed leaves none behind.
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
            throw HostFailure(.ioError, path: temporaryPath, errorNumber: errno)
        }
        // Another scan may have put this very file in place as the cache between the opening and the lock.
        guard Self.isSameFile(number, temporaryPath) else {
            throw HostFailure(.ioError, path: temporaryPath, errorNumber: EBUSY)
        }
        guard ftruncate(number, 0) == 0 else { throw Self.failure(errno, temporaryPath) }
        block.reserveCapacity(Self.blockSize + 4096)
        write(header.encoded())
    }

    /// Appends a record; paths must come in ascending order.
    func append(_ record: ScanCacheRecord) {
        guard failure == nil else { return }
        // Lengths of paths are written in two bytes; the walk ends far below.
        guard record.path.count <= Int(UInt16.max) else { return }
        record.encode(into: &block, after: previousPath)
        previousPath.removeAll(keepingCapacity: true)
        previousPath.append(contentsOf: record.path)
        header.records += 1
        if block.count >= Self.blockSize { flush() }
    }

    /// Completes the file and puts it in place of the old one.
    func finish(files: Int) {
        flush()
        header.files = UInt64(max(0, files))
        write(header.encoded(), at: 0)
        if failure == nil, fsync(file.number) != 0 { failure = Self.failure(errno, temporaryPath) }
        if failure == nil, rename(temporaryPath, path) != 0 { failure = Self.failure(errno, path) }
        guard failure == nil else { return discard() }
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "."
        let number = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { return }
        // Without this a power cut could bring the old cache back, which is stale but never wrong: no failure.
        fsync(number)
        close(number)
    }

    /// Gives the new cache up.
    func discard() { unlink(temporaryPath) }

    private func flush() {
        guard !block.isEmpty else { return }
        var head: [UInt8] = []
        head.appendLittleEndian(UInt32(block.count))
        head.appendLittleEndian(ScanCacheChecksum.of(block.span.bytes))
        write(head)
        write(block)
        block.removeAll(keepingCapacity: true)
        previousPath.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: [UInt8], at offset: Int? = nil) {
        guard failure == nil else { return }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
                if let offset { return pwrite(file.number, rest.baseAddress, rest.count, offset + done) }
                return Glibc.write(file.number, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                failure = Self.failure(errno, temporaryPath)
                return
            }
            done += count
        }
    }

    private static func isSameFile(_ number: Int32, _ path: String) -> Bool {
        var errorNumber: Int32 = 0
        guard let opened = FileStatus(of: "", in: number, errorNumber: &errorNumber),
            let named = FileStatus(of: path, in: AT_FDCWD, errorNumber: &errorNumber)
        else { return false }
        return opened.device == named.device && opened.inode == named.inode
    }

    private static func failure(_ number: Int32, _ path: String) -> HostFailure {
        HostFailure.from(errorNumber: number, path: path) ?? HostFailure(.ioError, path: path, errorNumber: number)
    }
}
