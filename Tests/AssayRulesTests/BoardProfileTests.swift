import AssayModel
import FoundationEssentials
import Testing

@testable import AssayRules

/// Every folder of `hwprofiles/boards`.
@Suite struct BoardProfileTests {
    private struct Expected: Decodable {
        let verdict: Verdict
        let matched: Int
        let differences: [String]
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "hwprofiles/boards")

    static let boards = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()

    private func bytes(_ board: String, _ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Self.folder.appending(path: board + "/" + file)))
    }

    @Test("There are boards")
    func present() { #expect(Self.boards.count >= 3) }

    @Test("The profile reads, is named after its folder and gives the expected result", arguments: boards)
    func profile(_ board: String) throws {
        let profile = try RecordJSON.profile(from: try bytes(board, "profile.json"))
        #expect(profile.id == board)
        #expect(try !bytes(board, "PROVENANCE.md").isEmpty)
        let inventory = try CanonicalJSON.decode(InventorySnapshot.self, from: try bytes(board, "inventory.json"))
        let expected = try CanonicalJSON.decode(Expected.self, from: try bytes(board, "expected.json"))
        let result = Evaluation(profile: profile).run(inventory)
        #expect(result.verdict == expected.verdict)
        #expect(result.outcomes.differences.sorted() == expected.differences.sorted())
        #expect(result.outcomes.count { $0.kind == .matched || $0.kind == .matchedAlternate } == expected.matched)
    }

    @Test("Taking any required part out does not pass", arguments: boards)
    func canFail(_ board: String) throws {
        let profile = try RecordJSON.profile(from: try bytes(board, "profile.json"))
        let result = Evaluation(profile: profile).run(InventorySnapshot())
        #expect(result.verdict != .pass)
    }
}
