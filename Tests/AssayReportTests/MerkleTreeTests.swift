import AssayModel
import AssayTestKit
import Testing

@testable import AssayReport

@Suite struct MerkleTreeTests {
    /// The eight leaves and roots that Certificate Transparency implementations share.
    private static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ]

    @Test(arguments: [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        (5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        (6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ])
    func rootsOfTheReferenceTree(_ count: Int, _ root: String) {
        #expect(MerkleTree.root(Array(Self.leaves.prefix(count))).hex == root)
    }

    @Test("roots of a recorded log equal its checkpoints", .enabled(if: Corpus.isAvailable), arguments: 1...7)
    func rootsOfARecordedLog(_ count: Int) throws {
        let folder = "transparency/tessera/log/"
        var rest = try Corpus.bytes(folder + "tile/entries/000.p/\(count)")[...]
        var entries: [[UInt8]] = []
        while rest.count >= 2 {
            let size = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            entries.append(Array(rest.dropFirst(2).prefix(size)))
            rest = rest.dropFirst(2 + size)
        }
        let lines = try Corpus.text(folder + "checkpoint.\(count)").split(separator: "\n")
        #expect(entries.count == count)
        #expect(Base64.encode(try bytes(of: MerkleTree.root(entries))) == lines[2])
    }

    @Test func inventoryRootHashesNamesAndDigestsInNameOrder() {
        let one = ContentDigest.sha256(of: [1])
        let two = ContentDigest.sha256(of: [2])
        let sections = [
            "files": SectionDescriptor(digest: two, lines: 1, size: 1),
            "boot": SectionDescriptor(digest: one, lines: 9, size: 9),
        ]
        let expected = MerkleTree.root([
            Array("boot\0\(one)".utf8), Array("files\0\(two)".utf8),
        ])
        #expect(MerkleTree.inventoryRoot(sections) == expected)
        var renamed = sections
        renamed["bood"] = renamed.removeValue(forKey: "boot")
        #expect(MerkleTree.inventoryRoot(renamed) != expected)
    }

    private func bytes(of digest: ContentDigest) throws -> [UInt8] {
        let digits = Array(digest.hex)
        return try stride(from: 0, to: digits.count, by: 2).map { index in
            try #require(UInt8(String(digits[index...(index + 1)]), radix: 16))
        }
    }
}
