import AssayModel
import AssayReport
import Foundation
import Testing

@testable import AssayAgent

@Suite struct SectionStoreTests {
    private let folder: StateFolder
    private let store: SectionStore

    init() throws {
        folder = try StateFolder()
        store = try folder.state().sections
    }

    private func record(_ name: SectionName, lines: Int, salt: String = "") throws -> WrittenSection {
        let recording = try store.begin(name)
        for number in 0..<lines {
            let path = "/usr/lib/\(number)"
            try recording.append(line: Array("{\"path\":\"\(path)\",\"x\":\"\(salt)\"}".utf8), key: path.utf8)
        }
        return try recording.finish()
    }

    private func bytes(_ object: StoredContent) throws -> [UInt8] {
        let reader = try object.reader()
        var bytes: [UInt8] = []
        while let piece = try reader.next() { bytes += piece }
        return bytes
    }

    @Test(arguments: [0, 1, 1000]) func keepsWholeSections(_ lines: Int) throws {
        let section = try record(.packages, lines: lines)
        let object = try #require(try store.catalog(of: ["packages": section.descriptor])[section.descriptor.digest])
        #expect(object.size == section.descriptor.size)
        let content = try bytes(object)
        #expect(ContentDigest.sha256(of: content) == section.descriptor.digest)
        #expect(content.filter { $0 == UInt8(ascii: "\n") }.count == lines)
        #expect(folder.names("sections") == ["\(section.descriptor.digest.hex).jsonl"])
    }

    @Test(arguments: [1500, 17_000]) func givesEveryShardAndTheIndex(_ lines: Int) throws {
        let section = try record(.files, lines: lines)
        let catalog = try store.catalog(of: ["files": section.descriptor])
        let indexBytes = try bytes(try #require(catalog[section.descriptor.digest]))
        #expect(indexBytes == section.index)
        let index = try SectionIndex(parsing: indexBytes, of: "files", as: section.descriptor)
        for shard in index.shards {
            let content = try bytes(try #require(catalog[shard.digest]))
            #expect(content.count == shard.size)
            #expect(ContentDigest.sha256(of: content) == shard.digest)
        }
        #expect(catalog[.sha256(of: [9])] == nil)
    }

    @Test func noticesDamage() throws {
        let section = try record(.files, lines: 1500)
        let catalog = try store.catalog(of: ["files": section.descriptor])
        let path = folder.path + "/sections/\(section.descriptor.digest.hex).jsonl"
        var content = try Data(contentsOf: URL(filePath: path))
        content[content.count / 2] ^= 1
        try content.write(to: URL(filePath: path))
        let index = try SectionIndex(parsing: section.index ?? [], of: "files", as: section.descriptor)
        var damaged = 0
        for shard in index.shards {
            do { _ = try bytes(try #require(catalog[shard.digest])) } catch let failure as StateFailure {
                #expect(failure == StateFailure(.damaged))
                damaged += 1
            }
        }
        #expect(damaged == 1)
    }

    @Test func contentOfAnotherSizeIsNotOffered() throws {
        let section = try record(.packages, lines: 3)
        let path = folder.path + "/sections/\(section.descriptor.digest.hex).jsonl"
        try Data("short".utf8).write(to: URL(filePath: path))
        #expect(try store.catalog(of: ["packages": section.descriptor])[section.descriptor.digest] == nil)
    }

    @Test func prunesWhatIsNotKept() throws {
        let old = try record(.files, lines: 1500, salt: "old")
        let new = try record(.files, lines: 1500, salt: "new")
        _ = try store.begin(.boot)
        #expect(folder.names("sections").count == 8)
        #expect(try store.size(of: old.descriptor.digest) > old.descriptor.size)
        try store.prune(keeping: [new.descriptor.digest])
        #expect(folder.names("sections").allSatisfy { $0.hasPrefix(new.descriptor.digest.hex) })
        #expect(folder.names("sections").count == 3)
        #expect(try store.size(of: old.descriptor.digest) == 0)
    }

    @Test func uploadsFramesThatACollectorCanRead() throws {
        let one = try record(.files, lines: 1500)
        let two = try record(.boot, lines: 1)
        let sections = ["files": one.descriptor, "boot": two.descriptor]
        let catalog = try store.catalog(of: sections)
        let index = try SectionIndex(parsing: one.index ?? [], of: "files", as: one.descriptor)
        let wanted = [two.descriptor.digest] + index.shards.map(\.digest)
        let upload = try ContentUpload(wanted.compactMap { catalog[$0] })
        var gzip = try GzipReader(limits: .init(size: 1 << 24))
        var frames = ContentFrameReader()
        var seen: [ContentDigest] = []
        while let piece = try upload.next() {
            try gzip.read(piece) { try frames.read($0) { seen.append($0.digest) } }
        }
        try gzip.finish()
        try frames.finish()
        #expect(seen == wanted)
    }
}
