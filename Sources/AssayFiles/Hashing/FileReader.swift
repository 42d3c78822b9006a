internal import AssayBytes
internal import AssayHost
internal import CLinux
internal import Glibc

/// Reads files from front to back through one buffer: judges each by its first bytes, then hashes it and collects its
/// ELF facts.
struct FileReader {
    /// What was found in a file.
    struct Content: Sendable {
        /// What the file is.
        var verdict: FileClassifier.Verdict
        /// Digests; nil when the file is not reported.
        var digests: ContentDigests?
        /// Facts of an ELF file; nil for any other and for one whose header cannot be read.
        var elf: ELFFacts?
        /// Whether the file was read up to the size that it had.
        var isComplete = true
    }

    /// From this size on a file that was not in the page cache is dropped from it again, so that a scan does not push
    /// out what the system works with.
    private static let dropSize: Int64 = 16 << 20
    /// From this size on a file must occupy a sixteenth of its length.
    private static let holeSize: Int64 = 64 << 30
    private static let sequentialSize: Int64 = 128 << 10

    private let buffer = ReadBuffer()
    private let computesSHA512: Bool
    private let pacer: Pacer?
    private let progress: FileScanProgress
    private let isCancelled: @Sendable () -> Bool

    /// A reader that counts in `progress`.
    init(
        computesSHA512: Bool, pacer: Pacer?, progress: FileScanProgress, isCancelled: @escaping @Sendable () -> Bool
    ) {
        self.computesSHA512 = computesSHA512
        self.pacer = pacer
        self.progress = progress
        self.isCancelled = isCancelled
    }

    /// Reads an open file that is `size` bytes long and stands at `place`.
    func read(
        _ file: borrowing Descriptor, size: Int64, place: FilePlace, computesMD5: Bool
    ) throws(HostFailure) -> Content {
        var filled = try fill(0, upTo: min(FileClassifier.headSize, clamped(size)), from: file, at: 0)
        let head = Array(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<filled]))
        var content = Content(verdict: FileClassifier.judge(head[...], place: place))
        guard content.verdict != .uninteresting else { return content }

        try refuseHoles(of: file, size: size)
        if size >= Self.sequentialSize { posix_fadvise(file.number, 0, 0, POSIX_FADV_SEQUENTIAL) }
        let dropsPages = size >= Self.dropSize && assay_is_cached(file.number, size / 2) == 0
        pacer?.wait(clamped(size))
        filled = try fill(filled, upTo: clamped(size), from: file, at: 0)
        if case .elf = content.verdict { content.elf = facts(of: file, inBuffer: filled) }

        var digests = DigestSet(sha512: computesSHA512, md5: computesMD5)
        var offset: Int64 = 0
        while filled > 0, !isCancelled() {
            digests.update(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<filled]))
            progress.hashedBytes(filled)
            offset += Int64(filled)
            if dropsPages { posix_fadvise(file.number, 0, Int(offset), POSIX_FADV_DONTNEED) }
            guard offset < size else { break }
            let part = clamped(size - offset)
            pacer?.wait(part)
            filled = try fill(0, upTo: part, from: file, at: offset)
        }
        content.isComplete = offset == size
        content.digests = digests.finish()
        progress.hashedFile()
        return content
    }

    /// Any user can make a file of exabytes that occupies nothing; hashing its zeros would never end.
    private func refuseHoles(of file: borrowing Descriptor, size: Int64) throws(HostFailure) {
        guard size > Self.holeSize, assay_allocated_bytes(file.number) < size / 16 else { return }
        throw HostFailure(.tooLarge, path: file.path)
    }

    private func clamped(_ count: Int64) -> Int { Int(max(0, min(Int64(ReadBuffer.size), count))) }

    /// Reads into the buffer from position `start` up to `end`, which is where offset `offset + start` of the file
    /// belongs.
    ///
    /// Returns the position that was reached, less than `end` only at the end of the file.
    private func fill(
        _ start: Int, upTo end: Int, from file: borrowing Descriptor, at offset: Int64
    ) throws(HostFailure) -> Int {
        var filled = start
        while filled < end {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[filled..<end])
            let got = pread(file.number, rest.baseAddress, rest.count, Int(offset) + filled)
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else {
                throw HostFailure.from(errorNumber: errno, path: file.path)
                    ?? HostFailure(.ioError, path: file.path, errorNumber: errno)
            }
            guard got > 0 else { break }
            filled += got
        }
        return filled
    }

    /// ELF facts, from the first `filled` bytes in the buffer where they are enough and from the file elsewhere.
    private func facts(of file: borrowing Descriptor, inBuffer filled: Int) -> ELFFacts? {
        let number = file.number
        let bytes = UnsafeRawBufferPointer(rebasing: buffer.bytes[..<filled])
        return try? ELFFacts { (offset: UInt64, count: Int) throws(ParseFailure) in
            guard count >= 0, offset <= UInt64(Int64.max) - UInt64(count) else {
                throw ParseFailure(.badValue, "offset in an ELF file", at: 0)
            }
            if offset + UInt64(count) <= UInt64(bytes.count) {
                return Array(UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset) + count]))
            }
            let part = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                filled = max(0, pread(number, buffer.baseAddress, buffer.count, Int(offset)))
            }
            guard part.count == count else { throw ParseFailure(.truncated, "ELF file", at: Int(offset) + part.count) }
            return part
        }
    }
}
