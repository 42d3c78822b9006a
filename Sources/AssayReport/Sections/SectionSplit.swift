internal import Crypto

/// The rule that says into how many shards a section is split, and which line goes where.
package enum SectionSplit {
    /// Numbers of shards that a section can have.
    package static let shardCounts = [64, 256]
    /// Most bytes of one object: a whole section, an index or a shard.
    package static let objectLimit = 8 << 20
    /// Most bytes of one line, line feed included.
    package static let lineLimit = 1 << 20

    static let wholeLineLimit = 1024
    static let wholeSizeLimit = 2 << 20
    static let fewShardsLineLimit = 16_384
    static let fewShardsSizeLimit = 64 << 20

    /// Number of shards for a section of so many lines and bytes; nil when it stays whole.
    package static func shards(lines: Int, size: Int) -> Int? {
        if lines > fewShardsLineLimit || size > fewShardsSizeLimit { return 256 }
        if lines > wholeLineLimit || size > wholeSizeLimit { return 64 }
        return nil
    }

    /// The bucket of a line: the first byte of the SHA-256 of its key.
    ///
    /// The shard is the bucket modulo the number of shards.
    package static func bucket(ofKey key: some Sequence<UInt8>) -> UInt8 {
        var hash = SHA256()
        if key.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
            hash.update(data: Array(key))
        }
        return hash.finalize().first { _ in true } ?? 0
    }
}
