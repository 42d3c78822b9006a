internal import AssayBytes

/// The form of a record inside a block, integers little-endian:
///
///     flags       1   ``ScanCacheRecord/Flags``, the identity's fs-verity bit among them
///     shared      2   bytes that the path has in common with the record before it in the block
///     count       2   bytes of the rest of the path, which follow
///     identity   40   device, inode, size, modified, changed
///     scan        4   number of the scan that read the content
///
/// and for a reported file: SHA-256 (32), MD5 (16, when flagged), owner fingerprint (8), length of the line (4), the
/// line.
extension ScanCacheRecord {
    /// Replaces this record by the one at `offset` of a block's payload; returns the offset behind it.
    mutating func decode(from block: RawSpan, at offset: Int) throws(ParseFailure) -> Int {
        var reader = ByteReader(block, at: offset)
        flags = Flags(rawValue: try reader.uint8("flags"))
        guard Flags.known.isSuperset(of: flags) else { throw ParseFailure(.badValue, "flags", at: offset) }
        try decodePath(&reader)
        identity.device = try reader.uint64("device")
        identity.inode = try reader.uint64("inode")
        identity.size = Int64(bitPattern: try reader.uint64("size"))
        identity.modified = Int64(bitPattern: try reader.uint64("modification time"))
        identity.changed = Int64(bitPattern: try reader.uint64("status change time"))
        identity.hasVerity = flags.remove(.hasVerity) != nil
        readInScan = try reader.uint32("scan")
        sha256.removeAll(keepingCapacity: true)
        md5.removeAll(keepingCapacity: true)
        line.removeAll(keepingCapacity: true)
        owner = 0
        guard flags.contains(.isReported) else { return reader.offset }
        sha256.append(copying: try reader.span(32, "digest"))
        if flags.contains(.hasMD5) { md5.append(copying: try reader.span(16, "manifest digest")) }
        owner = try reader.uint64("owner")
        let count = Int(try reader.uint32("line length"))
        guard count > 0 else { throw ParseFailure(.badLength, "line", at: reader.offset) }
        line.append(copying: try reader.span(count, "line"))
        return reader.offset
    }

    private mutating func decodePath(_ reader: inout ByteReader) throws(ParseFailure) {
        let shared = Int(try reader.uint16("shared length"))
        let rest = try reader.span(Int(try reader.uint16("path length")), "path")
        guard shared <= path.count, rest.byteCount > 0 else {
            throw ParseFailure(.badLength, "path", at: reader.offset)
        }
        // Records are sorted: the new path must be above the old one in its first differing byte.
        if shared < path.count, rest.unsafeLoad(fromByteOffset: 0, as: UInt8.self) <= path[shared] {
            throw ParseFailure(.badValue, "order of paths", at: reader.offset)
        }
        path.removeSubrange(shared...)
        path.append(copying: rest)
    }

    /// Appends this record to a block in which `previous` is the path before it.
    func encode(into block: inout [UInt8], after previous: [UInt8]) {
        let shared = Self.commonPrefix(path, previous)
        block.append(identity.hasVerity ? flags.union(.hasVerity).rawValue : flags.rawValue)
        block.appendLittleEndian(UInt16(shared))
        block.appendLittleEndian(UInt16(path.count - shared))
        block.append(contentsOf: path[shared...])
        block.appendLittleEndian(identity.device)
        block.appendLittleEndian(identity.inode)
        block.appendLittleEndian(identity.size)
        block.appendLittleEndian(identity.modified)
        block.appendLittleEndian(identity.changed)
        block.appendLittleEndian(readInScan)
        guard flags.contains(.isReported) else { return }
        block.append(contentsOf: sha256)
        if flags.contains(.hasMD5) { block.append(contentsOf: md5) }
        block.appendLittleEndian(owner)
        block.appendLittleEndian(UInt32(line.count))
        block.append(contentsOf: line)
    }

    private static func commonPrefix(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                let limit = min(left.count, right.count)
                var count = 0
                while count < limit, left[count] == right[count] { count += 1 }
                return count
            }
        }
    }
}

extension [UInt8] {
    /// Appends the bytes of a span.
    mutating func append(copying span: RawSpan) { span.withUnsafeBytes { append(contentsOf: $0) } }
}
