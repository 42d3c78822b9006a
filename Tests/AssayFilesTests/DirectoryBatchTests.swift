import AssayTestKit
import Glibc
import Testing

@testable import AssayFiles

@Suite struct DirectoryBatchTests {
    private func names(_ tree: HostTree, limit: Int) throws -> [String] {
        let number = open(tree.path, O_RDONLY | O_DIRECTORY)
        #expect(number >= 0)
        defer { close(number) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
        defer { buffer.deallocate() }
        var names: [String] = []
        var lower: [UInt8]?
        while true {
            let batch = DirectoryBatch(of: number, above: lower, limit: limit, buffer: buffer)
            #expect(batch.errorNumber == 0)
            #expect(batch.entries.count <= limit)
            for entry in batch.entries {
                names.append(String(decoding: batch.name(of: entry), as: UTF8.self) + (entry.isDirectory ? "/" : ""))
                let isTerminated = batch.withName(of: entry) { strlen($0) == Int(entry.length) }
                #expect(isTerminated)
            }
            guard batch.hasMore else { return names }
            lower = batch.lastKey
        }
    }

    @Test("batches of any size give every name once, in order", arguments: [1, 2, 3, 7, 1000])
    func listsInOrder(_ limit: Int) throws {
        var nodes: [String: HostTree.Node] = ["/l": .link("a")]
        for name in ["a.b", "a-", "a0", "b", "b!", "é", "Z", "zz"] { nodes["/" + name] = "x" }
        for name in ["a", "b.d", "zz0", "empty"] { nodes["/" + name] = .directory }
        let tree = try HostTree(nodes)
        let expected = ["Z", "a-", "a.b", "a/", "a0", "b", "b!", "b.d/", "empty/", "zz", "zz0/", "é"]
        #expect(try names(tree, limit: limit) == expected)
    }

    @Test func anEmptyDirectoryIsEmpty() throws { #expect(try names(HostTree(), limit: 10).isEmpty) }

    @Test func whatIsNoDirectoryIsAnError() {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
        defer { buffer.deallocate() }
        #expect(DirectoryBatch(of: -1, limit: 10, buffer: buffer).errorNumber == EBADF)
    }
}
