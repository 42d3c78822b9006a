import AssayModel
import AssayReport
import AssayStore
import Testing

extension StoreConformance {
    /// A device that has reported at some minute, and been judged.
    private static func listed(
        _ name: String, in store: some Store, seen minute: Int64, verdict: DeviceVerdict?, model: String? = nil,
        findings: FindingCounts = FindingCounts()
    ) async throws {
        try await store.createToken(token("token-\(name)"), by: actor)
        _ = try await store.enrol(enrolment(name, token: "token-\(name)"))
        var first = report(name, 1)
        first.receivedAt = later(minute)
        _ = try await store.accept(first, content: [])
        guard let verdict else { return }
        let all = try await store.dirtyDevices(limit: 99)
        let dirty = try #require(all.first { $0.device.id == digest(name) })
        var evaluation = evaluation(dirty, first.digest, [])
        evaluation.standing.verdict = verdict
        evaluation.standing.findings = findings
        evaluation.facts.manufacturer = model == nil ? nil : "Maker"
        evaluation.facts.model = model
        evaluation.facts.hostname = "Host-\(name)"
        try await store.finish(evaluation)
    }

    private static func fleet(_ store: some Store) async throws {
        try await listed(
            "a", in: store, seen: 3, verdict: .fail, model: "Edge", findings: FindingCounts(high: 2, medium: 1))
        try await listed("b", in: store, seen: 1, verdict: .pass, model: "Box")
        try await listed("c", in: store, seen: 2, verdict: .fail, findings: FindingCounts(critical: 1))
        try await listed("d", in: store, seen: 4, verdict: nil)
        _ = try await store.assignSite("Plant 7", to: digest("b"), by: actor)
        _ = try await store.revokeDevice(digest("c"), by: actor)
    }

    /// Names of the devices that a query lists, read in pages of `limit`.
    private static func names(
        _ query: DeviceQuery, in store: some Store, pages limit: Int = 9
    ) async throws -> [String] {
        var names: [String] = []
        var cursor: DeviceCursor?
        repeat {
            let page = try await store.devices(query, after: cursor, limit: limit)
            names += page.devices.map { device in
                ["a", "b", "c", "d"].first { digest($0) == device.id } ?? "?"
            }
            // The text form goes through addresses of pages.
            cursor = page.next.flatMap { DeviceCursor($0.description, in: query.order) }
        } while cursor != nil
        return names
    }

    static func devicesAreFoundAndSorted(_ store: some Store) async throws {
        try await fleet(store)
        let orders: [(DeviceQuery.Order, [String])] = [
            (.lastSeen, ["d", "a", "c", "b"]), (.model, ["b", "a", "c", "d"]), (.verdict, ["c", "a", "d", "b"]),
            (.findings, ["c", "a", "d", "b"]),
        ]
        for (order, expected) in orders {
            for limit in [1, 3, 9] {
                #expect(try await names(DeviceQuery(order: order), in: store, pages: limit) == expected)
            }
        }
        func expect(_ expected: [String], _ change: (inout DeviceQuery) -> Void) async throws {
            var query = DeviceQuery()
            change(&query)
            #expect(try await names(query, in: store, pages: 1) == expected)
        }
        try await expect(["a", "c"]) { $0.verdict = .fail }
        try await expect(["d"]) { $0.verdict = .pending }
        try await expect(["b"]) { $0.model = "maker / box" }
        try await expect(["b"]) { $0.site = "Plant 7" }
        // A device without trust owes no report.
        try await expect(["b"]) { $0.silentSince = later(3) }
        let groups = try await store.deviceGroups(limit: 9)
        #expect(groups.models == ["maker / box", "maker / edge"])
        #expect(groups.sites == ["Plant 7"])
        #expect(try await store.deviceGroups(limit: 1).models == ["maker / box"])
    }

    static func searchesFindWhatDevicesState(_ store: some Store) async throws {
        try await fleet(store)
        try await store.noteIdentities([part("zz9")], of: digest("a"), at: now)
        try await store.noteIdentities([part("zz8")], of: digest("b"), at: now)
        try await store.noteIdentities([], of: digest("b"), at: later(9))
        func search(_ text: String) async throws -> [String] {
            var query = DeviceQuery()
            query.search = DeviceQuery.Search(text: DeviceFacts.searchForm(text), serial: text)
            return try await names(query, in: store, pages: 1)
        }
        let expected: [(String, [String])] = [
            ("serial of B", ["b"]), ("SERIAL  of", ["d", "a", "c", "b"]), ("edge", ["a"]), ("maker", ["a", "b"]),
            ("host-c", ["c"]), ("plant", ["b"]), ("zz", ["a"]), (digest("d").hex, ["d"]),
            (String(digest("c").hex.prefix(7)), ["c"]), (digest("c").description, ["c"]), ("of a", []), ("%", []),
        ]
        for (text, names) in expected { #expect(try await search(text) == names, "\(text)") }
    }

    static func reportsAreListedNewestFirst(_ store: some Store) async throws {
        var last = try await withDevice(store)
        for sequence in Int64(2)...4 {
            let next = report("a", sequence, previous: last.digest)
            _ = try await store.accept(next, content: nil)
            last = next
        }
        let reports = try await store.reports(of: digest("a"), before: nil, limit: 2)
        #expect(reports.map(\.sequence) == [4, 3])
        #expect(reports.first?.digest == last.digest)
        #expect(try await store.reports(of: digest("a"), before: 3, limit: 9).map(\.sequence) == [2, 1])
        #expect(try await store.reports(of: digest("z"), before: nil, limit: 9).isEmpty)
    }
}
