import AssayModel
import AssayStore
import Testing

extension StoreConformance {
    /// Three devices: `a` and `b` of one model, `c` of another; each shows a cause that all show and one of its own.
    private static func withCauses(_ store: some Store) async throws {
        for name in ["a", "b", "c"] { _ = try await withDevice(store, name) }
        for dirty in try await store.dirtyDevices(limit: 9) {
            let report = try #require(dirty.device.head?.report)
            let isOther = dirty.device.id == digest("c")
            var common = finding("common \(dirty.device.id)", rule: "trace/x", severity: "medium", report: report)
            common.cause = "c1"
            var own = finding(
                "own \(dirty.device.id)", rule: "trace/y", severity: isOther ? "critical" : "low", report: report)
            own.cause = "own \(dirty.device.id)"
            var evaluation = evaluation(dirty, report, [common, own])
            evaluation.facts.manufacturer = "Maker"
            evaluation.facts.model = isOther ? "Core" : "Edge"
            try await store.finish(evaluation)
        }
    }

    private static func devices(_ store: some Store, _ change: (inout FindingQuery) -> Void) async throws -> [Int] {
        var query = FindingQuery()
        query.cause = "c1"
        change(&query)
        return try await store.causes(query, limit: 9).map(\.devices)
    }

    static func causesAreListedInPages(_ store: some Store) async throws {
        try await withCauses(store)
        let all = try await store.causes(FindingQuery(), limit: 9)
        #expect(all.map(\.severity) == ["critical", "medium", "low", "low"])
        var paged: [CauseCount] = []
        var cursor: CauseCursor?
        repeat {
            let (causes, next) = try await store.causes(FindingQuery(), after: cursor, limit: 1)
            paged += causes
            cursor = try next.map { try #require(CauseCursor($0.description)) }
        } while cursor != nil
        #expect(paged == all)
        var query = FindingQuery()
        query.text = "TRACE/Y"
        #expect(try await store.causes(query, limit: 9).count == 3)
        #expect(try await store.findings(query, after: nil, limit: 9).findings.count == 3)
        query.text = "no such thing"
        #expect(try await store.causes(query, limit: 9).isEmpty)
        #expect(try await store.findings(query, after: nil, limit: 9).findings.isEmpty)
        query.text = nil
        query.includesInfo = false
        query.includesResolved = true
        #expect(try await store.causes(query, limit: 9).map(\.devices) == all.map(\.devices))
    }

    static func causesFollowTheirDevices(_ store: some Store) async throws {
        try await withCauses(store)
        #expect(try await devices(store) { $0.model = "maker / edge" } == [2])
        #expect(try await devices(store) { $0.site = "north" }.isEmpty)
        _ = try await store.assignSite("north", to: digest("a"), by: actor)
        _ = try await store.assignSite("north", to: digest("b"), by: actor)
        _ = try await store.assignSite("south", to: digest("b"), by: actor)
        #expect(try await devices(store) { $0.site = "north" } == [1])
        #expect(try await devices(store) { $0.site = "south" } == [1])
        #expect(
            try await store.subjects(ofCause: "c1", FindingQuery(), limit: 9) == [
                CauseSubject(model: "maker / core", site: nil, devices: 1),
                CauseSubject(model: "maker / edge", site: "north", devices: 1),
                CauseSubject(model: "maker / edge", site: "south", devices: 1),
            ])
        var query = FindingQuery()
        query.site = "south"
        #expect(
            try await store.findings(query, after: nil, limit: 9).findings.allSatisfy { $0.deviceID == digest("b") })
        query.severity = "critical"
        #expect(try await store.findings(query, after: nil, limit: 9).findings.isEmpty)
    }

    static func causesFollowTheLifeOfFindings(_ store: some Store) async throws {
        try await withCauses(store)
        let one = "common \(digest("a"))"
        _ = try await store.acknowledgeFinding(one, note: "", by: actor)
        #expect(try await devices(store) { $0.states = [.open] } == [2])
        #expect(try await devices(store) { $0.states = [.acknowledged] } == [1])
        #expect(try await devices(store) { _ in } == [3])
        // Two findings of one cause are one device.
        let again = report("a", 2, root: "two", previous: try await store.device(digest("a"))?.head?.report)
        _ = try await store.accept(again, content: [])
        let dirty = try #require(try await store.dirtyDevices(limit: 9).first { $0.device.id == digest("a") })
        var first = finding(one, rule: "trace/x", severity: "medium", report: again.digest)
        first.cause = "c1"
        var second = first
        second.id = "second"
        try await store.finish(evaluation(dirty, again.digest, [first, second]))
        #expect(try await devices(store) { _ in } == [3])
        #expect(try await store.causes(FindingQuery(), limit: 9).map(\.cause).contains("own \(digest("a"))") == false)
        let third = report("a", 3, root: "three", previous: again.digest)
        _ = try await store.accept(third, content: [])
        let clean = try #require(try await store.dirtyDevices(limit: 9).first { $0.device.id == digest("a") })
        try await store.finish(evaluation(clean, third.digest, []))
        #expect(try await devices(store) { _ in } == [2])
        #expect(try await devices(store) { $0.states = [.acknowledged] }.isEmpty)
        #expect(try await devices(store) { $0.includesResolved = true } == [3])
    }

    static func findingsAreAcknowledgedTogether(_ store: some Store) async throws {
        try await withCauses(store)
        var query = FindingQuery()
        query.cause = "c1"
        query.model = "maker / edge"
        #expect(try await store.acknowledgeFindings(query, note: "known", limit: 1, by: actor) == 1)
        #expect(try await store.acknowledgeFindings(query, note: "known", limit: 9, by: actor) == 1)
        #expect(try await store.acknowledgeFindings(query, note: "known", limit: 9, by: actor) == 0)
        #expect(try await devices(store) { $0.states = [.acknowledged] } == [2])
        #expect(try await devices(store) { $0.states = [.open] } == [1])
        let history = try await store.findingHistory("common \(digest("a"))")
        #expect(history.last?.event == .acknowledged && history.last?.detail == "known")
        let entry = try #require(try await store.audit(limit: 1).first)
        #expect(entry.action == "finding/acknowledge-all" && entry.subject == "c1")
    }

    static func theAuditTrailIsReadInPages(_ store: some Store) async throws {
        for number in 0..<5 {
            try await store.createToken(token("t\(number)"), by: Actor(number == 0 ? "other" : "test", at: now))
        }
        _ = try await store.revokeToken("t3", by: actor)
        let (first, next) = try await store.audit(AuditQuery(), after: nil, limit: 4)
        let (second, end) = try await store.audit(AuditQuery(), after: next, limit: 4)
        #expect(first.map(\.subject) == ["t3", "t4", "t3", "t2"])
        #expect(second.map(\.subject) == ["t1", "t0"] && end == nil)
        let counts: [(AuditQuery, Int)] = [
            (AuditQuery(actor: "other"), 1), (AuditQuery(action: "token/revoke"), 1), (AuditQuery(action: "token/"), 6),
            (AuditQuery(action: "tok"), 0), (AuditQuery(actor: "test", subject: "t3"), 2),
        ]
        for (query, count) in counts {
            let (entries, _) = try await store.audit(query, after: nil, limit: 9)
            #expect(entries.count == count, "\(query)")
        }
    }
}
