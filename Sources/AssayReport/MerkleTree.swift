package import AssayModel
internal import Crypto

/// The Merkle tree hash of RFC 6962, 2.1, over SHA-256.
package enum MerkleTree {
    /// Root over `leaves`, which are data, not hashes; that of no leaf is the SHA-256 of nothing.
    package static func root(_ leaves: [[UInt8]]) -> ContentDigest { ContentDigest(bytes: hash(leaves[...])) }

    /// Root of an inventory: its leaves are `<section name> 0x00 <digest text>` in name order.
    package static func inventoryRoot(_ sections: [String: SectionDescriptor]) -> ContentDigest {
        let names = sections.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        return root(
            names.map { name in
                Array(name.utf8) + [0] + Array((sections[name]?.digest.description ?? "").utf8)
            })
    }

    private static func hash(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard let first = leaves.first else { return Array(SHA256.hash(data: [UInt8]())) }
        guard leaves.count > 1 else { return Array(SHA256.hash(data: [0x00] + first)) }
        // The largest power of two that is smaller than the count.
        let left = 1 << (Int.bitWidth - 1 - (leaves.count - 1).leadingZeroBitCount)
        let middle = leaves.startIndex + left
        return Array(SHA256.hash(data: [0x01] + hash(leaves[..<middle]) + hash(leaves[middle...])))
    }
}
