import AssayModel
import AssayReport
import AssayStore
import AssayStoreSQLite
import AssayTestKit
import Testing

@testable import AssayCollector

/// Lines of sections, found and compared without reading more than a page needs.
struct ReportComparisonTests {
    @Test(
        "texts are found in lines as JSON writes them",
        arguments: [
            ("", true), ("openssl", true), ("OPENSSL", true), ("3.0", true), ("nothing", false), ("a\"b", true),
            ("name\":\"", false), (String(repeating: "x", count: 500), false),
        ]) func needles(_ text: String, _ isIn: Bool)
    {
        let line = Array(#"{"name":"OpenSSL","note":"a\"b","version":"3.0"}"#.utf8)
        #expect(LineNeedle(text).isIn(line[...]) == isIn)
    }

    @Test(
        "a line becomes texts by their paths",
        arguments: [
            (
                #"{"a":{"b":"c"},"d":[1,true,null,"x"],"e":1.5}"#,
                ["a.b": "c", "d.0": "1", "d.1": "true", "d.3": "x", "e": "1.5"]
            ),
            (#"{}"#, [:]), (#""text""#, ["": "text"]),
        ]) func fields(_ line: String, _ expected: [String: String]) throws
    {
        #expect(LineFields(line: Array(line.utf8)[...])?.texts == expected)
    }

    @Test("what is no line is none", arguments: ["", "{", "\u{0}", String(repeating: "[", count: 99)])
    func noFields(_ line: String) { #expect(LineFields(line: Array(line.utf8)[...]) == nil) }

    /// A store that holds one section for each of two reports.
    private static func compare(
        _ before: [Package], _ after: [Package]
    ) async throws -> SectionChanges {
        let store = try SQLiteStore.inMemory()
        let device = try TestDevice(serial: "S1")
        var contents: [ContentDigest: [UInt8]] = [:]
        func predicate(_ packages: [Package]) throws -> ReportStatement.Predicate {
            let bytes = try packages.reduce(into: [UInt8]()) { $0 += try CanonicalJSON.encode($1) + [0x0a] }
            let digest = ContentDigest.sha256(of: bytes)
            contents[digest] = bytes
            let descriptor = SectionDescriptor(digest: digest, lines: packages.count, size: bytes.count)
            return ReportStatement.Predicate(
                sequence: 1, previous: nil, bootID: nil, takenAt: "", agent: .init(name: "a", version: "1"),
                sections: ["packages": descriptor], gaps: [:], nonce: nil)
        }
        let (old, new) = (try predicate(before), try predicate(after))
        try await store.keep(contents, of: device)
        let changes = try await ReportComparison(reader: InventoryReader(store: store)).changes(from: old, to: new)
        return try #require(changes.first { $0.section == "packages" })
    }

    private static func package(_ name: String, _ version: String) -> Package {
        Package(type: "deb", name: name, version: version, purl: "pkg:deb/\(name)@\(version)", database: "/db")
    }

    @Test func linesArePairedByWhatTheyAreAbout() async throws {
        let changes = try await Self.compare(
            [Self.package("a", "1"), Self.package("b", "1"), Self.package("c", "1")],
            [Self.package("b", "1"), Self.package("c", "2"), Self.package("d", "1")])
        #expect(changes.changes.map { "\($0.kind) \($0.name)" } == ["removed a", "changed c", "added d"])
        #expect(changes.changes[1].fields.map(\.name) == ["purl", "version"])
        #expect(changes.more == 0)
        #expect(changes.isWhole)
    }

    @Test func longListsAreBoundedAndCounted() async throws {
        let old = (0..<3000).map { Self.package("p\(10_000 + $0)", "1") }
        let new = (0..<3000).map { Self.package("p\(10_000 + $0)", "2") }
        let changes = try await Self.compare(old, new)
        #expect(changes.changes.count == ReportComparison.listLimit)
        #expect(changes.changes.allSatisfy { $0.kind == .changed })
        #expect(changes.more == 6000 - 2 * ReportComparison.listLimit)
        // Beyond what is decoded nothing is said to be gone that may only not have been looked at.
        let shifted = try await Self.compare(old, Array(new.dropFirst(500)))
        #expect(shifted.changes.allSatisfy { $0.kind == .changed })
        #expect(shifted.changes.count + shifted.more > 0)
    }
}

extension SQLiteStore {
    /// Keeps objects as a report of a device would.
    fileprivate func keep(_ contents: [ContentDigest: [UInt8]], of device: TestDevice) async throws {
        let (now, id) = (Timestamp.now, device.identity.id)
        let token = IssuedToken(
            id: "t", secretHash: [1], createdAt: now, expiresAt: now.adding(.seconds(60)), uses: 1)
        try await createToken(token, by: TestCollector.actor)
        _ = try await enrol(
            Enrolment(
                deviceID: id, publicKey: [1], tokenID: "t", secretHash: [1],
                facts: device.facts, certificateExpiry: now, at: now))
        let report = ContentDigest.sha256(of: [1])
        _ = try await putPending(
            PendingContent(
                deviceID: id, report: report, objects: contents.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
                limit: 1 << 30, at: now))
        _ = try await accept(
            ReportArrival(
                deviceID: id, digest: report, sequence: 1, previous: nil, inventoryRoot: report,
                sectionCounts: report, bootID: nil, takenAt: nil, receivedAt: now, isFresh: false, envelope: []),
            content: Array(contents.keys))
    }
}
