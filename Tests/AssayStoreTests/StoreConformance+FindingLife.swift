import AssayModel
import AssayReport
import AssayStore
import Testing

extension StoreConformance {
    static func waiver(_ id: String, _ scope: Waiver.Scope = .unit, subject: String, minutes: Int64 = 60) -> Waiver {
        Waiver(
            id: id, cause: "c1", rule: "trace/x", scope: scope, subject: subject, owner: "quality",
            reason: "second source", expiresAt: later(minutes), createdAt: now, createdBy: "somebody")
    }

    /// Evaluates the one device that is out of date, with findings whose ids are given.
    static func evaluate(
        _ store: some Store, _ ids: [String], waiver: String? = nil
    ) async throws {
        let dirty = try #require(try await store.dirtyDevices(limit: 9).first)
        let report = try #require(dirty.device.head?.report)
        let findings = ids.map { id in
            var finding = finding(id, report: report)
            finding.cause = "c1"
            finding.waiver = waiver
            return finding
        }
        try await store.finish(evaluation(dirty, report, findings))
    }

    static func lifeState(_ store: some Store) async throws -> FindingState? {
        try await store.findings(withPrefix: "f1").first?.state
    }

    static func findingsHaveALife(_ store: some Store) async throws {
        let first = try await withDevice(store)
        try await evaluate(store, ["f1"])
        #expect(try await lifeState(store) == .open)
        #expect(try await store.acknowledgeFinding("f1", note: "seen", by: actor))
        #expect(try await store.acknowledgeFinding("f1", note: "again", by: actor) == false)
        #expect(try await lifeState(store) == .acknowledged)
        try await store.waive(waiver("w1", subject: digest("a").description), by: actor)
        #expect(try await store.waivers(for: digest("a"), model: nil, site: nil).map(\.id) == ["w1"])
        try await evaluate(store, ["f1"], waiver: "w1")
        #expect(try await lifeState(store) == .waived)
        #expect(try await store.endExpiredWaivers(at: later(59)) == 0)
        #expect(try await store.dirtyDevices(limit: 9).isEmpty)
        #expect(try await store.endExpiredWaivers(at: later(60)) == 1)
        #expect(try await store.waivers(for: digest("a"), model: nil, site: nil).isEmpty)
        try await evaluate(store, ["f1"])
        #expect(try await lifeState(store) == .open)
        let second = report("a", 2, root: "other", previous: first.digest)
        _ = try await store.accept(second, content: [])
        try await evaluate(store, [])
        #expect(try await lifeState(store) == .resolved)
        #expect(try await store.acknowledgeFinding("f1", note: "late", by: actor) == false)
        _ = try await store.accept(report("a", 3, root: "third", previous: second.digest), content: [])
        try await evaluate(store, ["f1"])
        let history = try await store.findingHistory("f1")
        #expect(
            history.map(\.event) == [.opened, .acknowledged, .waived, .unwaived, .resolved, .reopened])
        #expect(history.map(\.actor) == ["evidence", "test", "somebody", "evidence", "evidence", "evidence"])
        #expect(history[1].detail == "seen")
    }

    static func waiversEndAndAreListed(_ store: some Store) async throws {
        _ = try await withDevice(store)
        try await evaluate(store, ["f1"])
        try await store.waive(waiver("w1", .model, subject: "maker / edge"), by: actor)
        try await store.waive(waiver("w2", .site, subject: "north"), by: actor)
        #expect(try await store.waivers(for: digest("a"), model: "maker / edge", site: "south").map(\.id) == ["w1"])
        #expect(try await store.waivers(for: digest("a"), model: nil, site: "north").map(\.id) == ["w2"])
        try await evaluate(store, ["f1"], waiver: "w1")
        #expect(try await store.endWaiver("w1", reason: "found better", by: actor))
        #expect(try await store.endWaiver("w1", reason: "again", by: actor) == false)
        #expect(try await store.dirtyDevices(limit: 9).count == 1)
        #expect(try await store.waivers(includesEnded: false, limit: 9).map(\.id) == ["w2"])
        #expect(try await store.waivers(includesEnded: true, limit: 9).count == 2)
        #expect(try await store.audit(limit: 1).first?.action == "finding/unwaive")
        #expect(try await store.assignSite("north", to: digest("a"), by: actor))
        #expect(try await store.device(digest("a"))?.site == "north")
        #expect(try await store.assignSite("north", to: digest("z"), by: actor) == false)
    }

    static func causesAreCountedOverTheFleet(_ store: some Store) async throws {
        for name in ["a", "b", "c"] { _ = try await withDevice(store, name) }
        for (index, dirty) in try await store.dirtyDevices(limit: 9).enumerated() {
            let report = try #require(dirty.device.head?.report)
            var common = finding("common \(index)", rule: "trace/x", severity: "medium", report: report)
            common.cause = "c1"
            var own = finding(
                "own \(index)", rule: "trace/y", severity: index == 0 ? "critical" : "low", report: report)
            own.cause = "c2 \(index)"
            var evaluation = evaluation(dirty, report, [common, own])
            evaluation.facts.manufacturer = "Maker"
            evaluation.facts.model = index == 2 ? "Core" : " EDGE "
            try await store.finish(evaluation)
        }
        let causes = try await store.causes(FindingQuery(), limit: 9)
        #expect(causes.map(\.devices) == [1, 3, 1, 1])
        #expect(causes.map(\.severity) == ["critical", "medium", "low", "low"])
        #expect(causes.map(\.cause).prefix(2) == ["c2 0", "c1"])
        var query = FindingQuery()
        query.model = "maker / edge"
        query.rule = "trace/x"
        #expect(try await store.causes(query, limit: 9).map(\.devices) == [2])
        #expect(try await store.findings(query, after: nil, limit: 9).findings.count == 2)
        query.severity = "low"
        #expect(try await store.findings(query, after: nil, limit: 9).findings.isEmpty)
        query = FindingQuery()
        query.states = [.acknowledged]
        #expect(try await store.findings(query, after: nil, limit: 9).findings.isEmpty)
        query.states = []
        query.cause = "c1"
        #expect(try await store.findings(query, after: nil, limit: 9).findings.count == 3)
    }
}
