import FoundationEssentials
import Testing

@testable import AssayRules

@Suite struct EmbeddedListsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "hwprofiles/lists")

    @Test("Every list of the repository is built in, byte for byte")
    func complete() throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".json") && !ListDocument.otherFiles.contains($0) }.sorted()
        let embedded = EmbeddedLists.files
        #expect(embedded.map(\.path).sorted() == names)
        for file in embedded {
            #expect(try file.bytes == [UInt8](Data(contentsOf: Self.folder.appending(path: file.path))), "\(file.path)")
        }
    }

    @Test("Every list decodes and is named after its file", arguments: EmbeddedLists.files.map(\.path))
    func decodes(_ path: String) throws {
        let file = try #require(EmbeddedLists.files.first { $0.path == path })
        let document = try ListDocument(json: file.bytes)
        #expect(document.name + ".json" == path)
        #expect(document.count > 0 && !document.title.isEmpty)
    }
}
