import AssayModel
import AssayReport
import Foundation
import Testing

@testable import AssayAgent

@Suite struct SectionRecordingTests {
    private let folder: StateFolder
    private let store: SectionStore

    init() throws {
        folder = try StateFolder()
        store = try folder.state().sections
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: "\(folder.path)/sections/\(name)")))
    }

    private func record(_ lines: [String], in name: SectionName = .packages) throws -> WrittenSection {
        let recording = try store.begin(name)
        for line in lines { try recording.append(line, key: line) }
        return try recording.finish()
    }

    @Test("facts become lines of canonical JSON under the name of their digest") func lines() throws {
        let section = try record(["b", "a"])
        #expect(section.name == "packages")
        #expect(section.descriptor.lines == 2 && section.descriptor.size == 8)
        let name = section.descriptor.digest.hex + ".jsonl"
        #expect(folder.names("sections") == [name])
        #expect(try bytes(name) == Array("\"b\"\n\"a\"\n".utf8))
        #expect(try folder.mode("sections/" + name) == 0o600)
    }

    @Test("until it is finished a section has no name that a collector could ask for") func unfinished() throws {
        let recording = try store.begin(.packages)
        try recording.append("a", key: "a")
        #expect(folder.names("sections") == ["new.packages.jsonl", "new.packages.map"])
        #expect(try store.catalog(of: [:])[.sha256(of: Array("\"a\"\n".utf8))] == nil)
        try store.prune(keeping: [])
        #expect(folder.names("sections").isEmpty)
    }

    @Test("a split section has its index, and a map of four bytes a line") func split() throws {
        let section = try record((0..<2000).map { "/usr/\($0)" }, in: .files)
        let hex = section.descriptor.digest.hex
        #expect(folder.names("sections") == [hex + ".index", hex + ".jsonl", hex + ".map"])
        #expect(try bytes(hex + ".index") == section.index)
        let map = try bytes(hex + ".map")
        #expect(map.count == 4 * 2000)
        let lengths = stride(from: 0, to: map.count, by: 4).map { entry in
            (0..<3).reduce(0) { length, place in length + Int(map[entry + place]) << (8 * place) }
        }
        #expect(lengths.reduce(0, +) == section.descriptor.size)
        let buckets = stride(from: 3, to: map.count, by: 4).map { map[$0] }
        #expect(buckets.first == SectionSplit.bucket(ofKey: "/usr/0".utf8))
        #expect(Set(buckets).count > 200)
    }

    @Test("content beyond the buffer comes out whole") func buffer() throws {
        let lines = (0..<300).map { "\($0)" + String(repeating: "x", count: 700) }
        let section = try record(lines)
        #expect(section.descriptor.size > 200_000)
        #expect(
            ContentDigest.sha256(of: try bytes(section.descriptor.digest.hex + ".jsonl")) == section.descriptor.digest)
    }

    @Test("what the collector has is not kept a second time") func known() throws {
        let first = try record(["a"])
        try store.note(known: [first.descriptor.digest])
        try store.prune(keeping: [])
        #expect(try record(["a"]) == first)
        #expect(folder.names("sections") == [first.descriptor.digest.hex + ".known"])
        let other = try record(["b"])
        #expect(folder.names("sections").contains(other.descriptor.digest.hex + ".jsonl"))
    }

    @Test("a line that no collector would take is refused") func tooLarge() throws {
        let recording = try store.begin(.files)
        let line = [UInt8](repeating: 0x20, count: SectionSplit.lineLimit)
        #expect(throws: ReportFailure(.tooLarge)) { try recording.append(line: line, key: "a".utf8) }
    }
}
