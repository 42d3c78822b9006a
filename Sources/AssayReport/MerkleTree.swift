package import AssayModel
internal import Crypto

/// The Merkle tree hash of RFC 6962, 2.1, over SHA-256.
package enum MerkleTree {
    /// What tells leaves from nodes, so that neither can be passed off as the other.
    private static let leafMark: [UInt8] = [0x00]
    private static let nodeMark: [UInt8] = [0x01]

    /// Root over `leaves`, which are data, not hashes; that of no leaf is the SHA-256 of nothing.
    package static func root(_ leaves: [[UInt8]]) -> ContentDigest {
        guard !leaves.isEmpty else { return .sha256(of: []) }
        return ContentDigest(bytes: root(leaves.map(hash(leaf:))[...]))
    }

    /// Root of an inventory: its leaves are `<section name> 0x00 <digest text>` in name order.
    package static func inventoryRoot(_ sections: [String: SectionDescriptor]) -> ContentDigest {
        let sections = sections.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return root(
            sections.map { name, section in
                var leaf = Array(name.utf8)
                leaf.append(0)
                section.digest.append(to: &leaf)
                return leaf
            })
    }

    private static func hash(leaf: [UInt8]) -> SHA256.Digest {
        var hash = SHA256()
        leafMark.withUnsafeBytes { hash.update(bufferPointer: $0) }
        leaf.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize()
    }

    private static func root(_ hashes: ArraySlice<SHA256.Digest>) -> SHA256.Digest {
        if hashes.count == 1, let hash = hashes.first { return hash }
        // The largest power of two that is smaller than the count.
        let middle = hashes.startIndex + (1 << (Int.bitWidth - 1 - (hashes.count - 1).leadingZeroBitCount))
        var hash = SHA256()
        nodeMark.withUnsafeBytes { hash.update(bufferPointer: $0) }
        root(hashes[..<middle]).withUnsafeBytes { hash.update(bufferPointer: $0) }
        root(hashes[middle...]).withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize()
    }
}
