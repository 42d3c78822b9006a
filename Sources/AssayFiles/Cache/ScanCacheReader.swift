internal import AssayBytes
internal import AssayHost
internal import Glibc

/// Walks through the previous scan's cache in step with the tree.
///
/// Every record is checked before it is believed; from the first damage on the cache counts as ended, so that the files
/// behind it are simply read again.
final class ScanCacheReader {
    /// Most bytes of one block; larger claims are damage.
    static let blockLimit = 4 << 20
    /// Bytes before the payload of a block: its length and its checksum.
    static let blockHeaderSize = 8

    /// The header.
    let header: ScanCacheHeader
    /// The record that was reached last.
    private(set) var current = ScanCacheRecord()
    /// What was found damaged, if anything.
    private(set) var failure: ParseFailure?

    private let file: Descriptor
    private var block: [UInt8] = []
    private var position = 0
    private var records: UInt64 = 0
    private var isAtEnd = false
    private var hasCurrent = false

    /// Opens a cache file; nil when there is none.
    init?(path: String) throws {
        // A FIFO under that name must not stop the scan: opened without waiting, then refused.
        let number = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard number >= 0 else {
            if let failure = HostFailure.from(errorNumber: errno, path: path) { throw failure }
            return nil
        }
        file = Descriptor(owning: number, path: path)
        guard try file.status().kind == .regular else { throw HostFailure(.wrongType, path: path) }
        let bytes = try Self.read(ScanCacheHeader.size, from: file)
        header = try ScanCacheHeader(parsing: bytes.span.bytes)
    }

    /// Moves to the record of `path` and tells whether there is one.
    ///
    /// Paths must be asked for in ascending order.
    func seek(_ path: [UInt8]) -> Bool {
        while true {
            if hasCurrent {
                let order = Self.compare(current.path, path)
                if order >= 0 { return order == 0 }
            }
            guard advance() else { return false }
        }
    }

    /// Reads what is left, so that damage at the end is noticed too.
    func drain() { while advance() {} }

    /// Moves to the next record; false at the end or at damage.
    func advance() -> Bool {
        guard !isAtEnd else {
            hasCurrent = false
            return false
        }
        do {
            if position == block.count, try !nextBlock() {
                isAtEnd = true
                guard records == header.records else {
                    throw ParseFailure(.truncated, "scan cache", at: Int(truncatingIfNeeded: records))
                }
                hasCurrent = false
                return false
            }
            try decodeRecord()
            records &+= 1
            hasCurrent = true
            return true
        } catch {
            failure = error as? ParseFailure ?? ParseFailure(.truncated, "scan cache", at: position)
            isAtEnd = true
            hasCurrent = false
            return false
        }
    }

    private func nextBlock() throws -> Bool {
        let head = try Self.read(Self.blockHeaderSize, from: file)
        guard !head.isEmpty else { return false }
        var reader = ByteReader(head.span.bytes)
        let count = Int(try reader.uint32("block length"))
        let checksum = try reader.uint32("block checksum")
        guard count > 0, count <= Self.blockLimit else { throw ParseFailure(.badLength, "block", at: 0) }
        let payload = try Self.read(count, from: file)
        guard payload.count == count else { throw ParseFailure(.truncated, "block", at: payload.count) }
        guard ScanCacheChecksum.of(payload.span.bytes) == checksum else {
            throw ParseFailure(.badChecksum, "block", at: 0)
        }
        block = payload
        position = 0
        current.path.removeAll(keepingCapacity: true)
        return true
    }

    private func decodeRecord() throws(ParseFailure) {
        let block = self.block
        position = try current.decode(from: block.span.bytes, at: position)
    }

    private static func read(_ count: Int, from file: borrowing Descriptor) throws(HostFailure) -> [UInt8] {
        let number = file.number
        var errorNumber: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < buffer.count, let base = buffer.baseAddress {
                let got = Glibc.read(number, base + filled, buffer.count - filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { errorNumber = errno }
                guard got > 0 else { return }
                filled += got
            }
        }
        guard errorNumber == 0 else { throw HostFailure(.ioError, path: file.path, errorNumber: errorNumber) }
        return bytes
    }

    private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        let order = left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return Int32(0) }
                return memcmp(leftBase, rightBase, min(left.count, right.count))
            }
        }
        return order == 0 ? left.count - right.count : Int(order)
    }
}
