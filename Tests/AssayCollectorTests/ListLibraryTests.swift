import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import NIOHTTP1
import Testing

@Suite struct ListLibraryTests {
    /// A list of the family of USB bridges that knows one signal alone.
    private static func list(date: String = "2026-11-24", id: String = "usb-serial") -> [UInt8] {
        Array(
            """
            {"schema":"assay/signals/v1","id":"\(id)","title":"t","date":"\(date)","sources":{"s":"s"},"signals":[{
            "id":"signal/test-only","title":"t","class":"usb","category":"suspect-counterfeit","confidence":"B","about":"id",
            "check":{"mechanism":"forbidden","conditions":[{"field":"ids.vendor","is":"0403"}],"expected":"none"},
            "advice":"a","source":"s","examples":{"fires":[{"note":"n","part":{"ids":{"vendor":"0403"}}}],
            "silent":[{"note":"n","part":{}}]}}]}
            """.utf8)
    }

    private static let bridge = Component(
        .usb, at: "usb/1-1", evidence: Evidence(probe: "usb/devices", path: "/sys/bus/usb/devices/1-1"),
        ids: ["vendor": "0403", "device": "0000"])

    private static func signals(_ collector: TestCollector) async throws -> [String] {
        try await collector.store.findings(FindingQuery(), after: nil, limit: 99).findings.map(\.rule)
            .filter { $0.hasPrefix("signal/") }
    }

    @Test("A newer list judges stored content again; an older one changes nothing")
    func importedListCounts() async throws {
        try await TestCollector.run { collector in
            let library = ListLibrary(store: collector.store)
            let device = try await collector.enrol()
            try await collector.connect(as: device) { client in
                let (descriptors, objects) = try device.sections([Self.bridge])
                let report = try device.report(1, descriptors)
                _ = try await client.send(.POST, "/v1/reports", report.envelope)
                let frames = try TestDevice.frames(objects)
                _ = try await client.send(.POST, "/v1/reports/\(report.digest)/content", frames)
                try await collector.settle()
                #expect(try await Self.signals(collector) == ["signal/ftdi-bricked"])

                let old = (name: "old.json", bytes: Self.list(date: "2001-01-01"))
                _ = try await library.importLists([old], by: TestCollector.actor)
                try await collector.settle()
                #expect(try await Self.signals(collector) == ["signal/ftdi-bricked"])

                let new = (name: "new.json", bytes: Self.list())
                _ = try await library.importLists([new], by: TestCollector.actor)
                try await collector.settle()
                #expect(try await Self.signals(collector) == ["signal/test-only"])
            }
        }
    }

    @Test("Of several files none is stored when one cannot be used")
    func allOrNone() async throws {
        try await TestCollector.run { collector in
            let library = ListLibrary(store: collector.store)
            let files = [(name: "good.json", bytes: Self.list()), (name: "bad.json", bytes: Array("{}".utf8))]
            await #expect(throws: CollectorFailure(.data, "")) {
                try await library.importLists(files, by: TestCollector.actor)
            }
            let stored = try await collector.store.documents(.list, after: nil, limit: 9)
            #expect(stored.isEmpty)
        }
    }

    @Test("A list of a day to come would take the place of every true one, and is refused")
    func future() async throws {
        try await TestCollector.run { collector in
            let library = ListLibrary(store: collector.store)
            let files = [(name: "future.json", bytes: Self.list(date: "2999-01-01"))]
            await #expect(throws: CollectorFailure(.data, "")) {
                try await library.importLists(files, by: TestCollector.actor)
            }
            let stored = try await collector.store.documents(.list, after: nil, limit: 9)
            #expect(stored.isEmpty)
        }
    }

    @Test("Lists are shown with date, age and where they come from")
    func shown() async throws {
        try await TestCollector.run { collector in
            let library = ListLibrary(store: collector.store)
            let day = try #require(Timestamp("2027-02-23T00:00:00Z"))
            func views() async throws -> [String: ListView] {
                Dictionary(uniqueKeysWithValues: try await library.lists(at: day).map { ($0.id, $0) })
            }
            let before = try await views()
            let ndaa = try #require(before["restricted-suppliers/ndaa-889"])
            #expect(ndaa.date == "2026-11-24" && ndaa.age == 91 && ndaa.outdated == true && ndaa.importedAt == nil)
            #expect(before["oui"]?.outdated == true)
            let signals = try #require(before["clone-signatures/usb-serial"])
            #expect(signals.outdated == nil)
            let list = Self.list()
            _ = try await library.importLists([(name: "new.json", bytes: list)], by: TestCollector.actor)
            let after = try await views()["clone-signatures/usb-serial"]
            #expect(after?.entries == 1 && after?.importedAt != nil)
            #expect(try await library.content(of: "clone-signatures/usb-serial") == list)
            await #expect(throws: CollectorFailure(.noInput, "")) { try await library.content(of: "nothing") }
        }
    }
}
