import AssayModel
import AssayReport
import AssayStore
import Testing

/// What every store must do, whatever it is built on; each function takes an empty store.
enum StoreConformance {
    static let now = Timestamp(milliseconds: 1_800_000_000_000)
    static let actor = Actor("test", at: now)

    static func token(_ id: String = "token-a", uses: Int = 1, expiresIn seconds: Int64 = 3600) -> IssuedToken {
        IssuedToken(
            id: id, secretHash: [1, 2, 3], createdAt: now, expiresAt: now.adding(.seconds(seconds)), uses: uses,
            profileID: "profile-a")
    }

    static func digest(_ name: String) -> ContentDigest { .sha256(of: Array(name.utf8)) }

    static func enrolment(_ device: String, token: String = "token-a", secret: [UInt8] = [1, 2, 3]) -> Enrolment {
        var facts = DeviceFacts()
        facts.serial = "serial of \(device)"
        return Enrolment(
            deviceID: digest(device), publicKey: Array(device.utf8), tokenID: token, secretHash: secret, facts: facts,
            certificateExpiry: now.adding(.seconds(86_400)), at: now)
    }

    static func report(
        _ device: String, _ sequence: Int64, root: String = "root", previous: ContentDigest? = nil,
        takenAt: Timestamp? = now, name: String = "", counts: String? = nil
    ) -> ReportArrival {
        ReportArrival(
            deviceID: digest(device), digest: digest("\(device) \(sequence) \(root) \(name)"), sequence: sequence,
            previous: previous, inventoryRoot: digest(root), sectionCounts: digest(counts ?? "counts of \(root)"),
            bootID: "boot", takenAt: takenAt, receivedAt: now,
            isFresh: true, envelope: Array("\(device) \(sequence)".utf8))
    }

    /// Enrols one device and accepts its first report.
    static func withDevice(_ store: some Store, _ device: String = "a") async throws -> ReportArrival {
        try await store.createToken(token("token-\(device)"), by: actor)
        #expect(try await store.enrol(enrolment(device, token: "token-\(device)")) == .enrolled(isNew: true))
        let first = report(device, 1)
        guard case .accepted(true, nil, true) = try await store.accept(first, content: []) else {
            Issue.record("the first report was not accepted")
            return first
        }
        return first
    }

    static func tokensLetDevicesIn(_ store: some Store) async throws {
        try await store.createToken(token(), by: actor)
        try await store.createToken(token("token-old", expiresIn: -1), by: actor)
        #expect(try await store.enrol(enrolment("a", token: "token-none")) == .tokenInvalid)
        #expect(try await store.enrol(enrolment("a", secret: [9])) == .tokenInvalid)
        #expect(try await store.enrol(enrolment("a", token: "token-old")) == .tokenExpired)
        #expect(try await store.enrol(enrolment("a")) == .enrolled(isNew: true))
        #expect(try await store.enrol(enrolment("a")) == .enrolled(isNew: false))
        #expect(try await store.enrol(enrolment("b")) == .tokenUsed)
        let device = try #require(try await store.device(digest("a")))
        #expect(device.profileID == "profile-a")
        #expect(device.publicKey == Array("a".utf8))
        #expect(device.facts.serial == "serial of a")
        #expect(device.head == nil)
        #expect(try await store.tokens().first { $0.id == "token-a" }?.used == 1)
        #expect(try await store.revokeToken("token-a", by: actor))
        #expect(try await store.revokeToken("token-a", by: actor) == false)
        #expect(try await store.enrol(enrolment("a")) == .tokenInvalid)
    }

    static func revokedDevicesStayOut(_ store: some Store) async throws {
        let first = try await withDevice(store)
        #expect(try await store.revokeDevice(digest("a"), by: actor))
        #expect(try await store.revokeDevice(digest("nobody"), by: actor) == false)
        let answer = try await store.accept(report("a", 2, previous: first.digest), content: [])
        guard case .revoked = answer else { return #expect(Bool(false), "a revoked device was heard") }
        #expect(try await store.enrol(enrolment("a")) == .revoked)
        #expect(try await store.renewCertificate(of: digest("a"), expiry: now, by: actor) == false)
    }

    static func strangersAreUnknown(_ store: some Store) async throws {
        guard case .unknownDevice = try await store.accept(report("z", 1), content: []) else {
            return #expect(Bool(false), "a stranger's report was accepted")
        }
        #expect(try await store.device(digest("z")) == nil)
        #expect(try await store.renewCertificate(of: digest("z"), expiry: now, by: actor) == false)
    }

    static func chainGrows(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let second = report("a", 2, previous: first.digest)
        guard case .accepted(true, _, _) = try await store.accept(second, content: nil) else {
            return #expect(Bool(false), "an unchanged report needs no content")
        }
        guard case .accepted(false, _, _) = try await store.accept(second, content: nil) else {
            return #expect(Bool(false), "a repetition is accepted once more")
        }
        guard case .accepted(false, _, _) = try await store.accept(first, content: nil) else {
            return #expect(Bool(false), "an older repetition is accepted once more")
        }
        let changed = report("a", 3, root: "other", previous: second.digest)
        guard case .contentUnknown = try await store.accept(changed, content: nil) else {
            return #expect(Bool(false), "a changed report needs its content")
        }
        #expect(try await store.report(of: digest("a"), sequence: 3) == nil)
        _ = try await store.accept(changed, content: [])
        let head = try #require(try await store.device(digest("a"))?.head)
        #expect(head.sequence == 3)
        #expect(head.inventoryRoot == digest("other"))
        #expect(head.formerRoot == digest("root"))
        #expect(try await store.report(of: digest("a"), sequence: 2)?.envelope == second.envelope)
        #expect(try await store.report(of: digest("a"), inventoryRoot: digest("root"))?.sequence == 2)
        #expect(try await store.openAnomalies(of: digest("a")) == [])
    }

    static func replaysAreRefusedAndNoted(_ store: some Store) async throws {
        let first = try await withDevice(store)
        _ = try await store.accept(report("a", 2, previous: first.digest), content: [])
        let forged = report("a", 1, root: "other")
        guard case .replayed(2) = try await store.accept(forged, content: []) else {
            return #expect(Bool(false), "a taken place was given again")
        }
        #expect(try await store.report(of: digest("a"), sequence: 1)?.digest == first.digest)
        #expect(try await store.openAnomalies(of: digest("a")).map(\.anomaly.kind) == [.sequenceReused])
        _ = try await store.accept(forged, content: [])
        #expect(try await store.openAnomalies(of: digest("a")).count == 1)
    }

    static func anomaliesAreKept(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let skipped = report("a", 3, previous: first.digest)
        _ = try await store.accept(skipped, content: nil)
        #expect(try await store.openAnomalies(of: digest("a")).isEmpty, "a skipped number with a whole link is no gap")
        let gap = report("a", 5, previous: first.digest, takenAt: now.adding(.seconds(3600)))
        _ = try await store.accept(gap, content: nil)
        let kinds = try await store.openAnomalies(of: digest("a")).map(\.anomaly.kind)
        #expect(Set(kinds) == [.sequenceGap, .previousMismatch, .clockSkew])
        let broken = report("a", 6, previous: first.digest, takenAt: now)
        _ = try await store.accept(broken, content: nil)
        let later = try await store.openAnomalies(of: digest("a")).map(\.anomaly.kind)
        #expect(Set(later) == [.sequenceGap, .previousMismatch, .clockBackwards])
        _ = try await store.accept(report("a", 7, previous: broken.digest), content: nil)
        let last = try await store.openAnomalies(of: digest("a")).map(\.anomaly.kind)
        #expect(Set(last) == [.sequenceGap, .previousMismatch])
        #expect(try await store.dirtyDevices(limit: 9).count == 1)
    }

    static func gravestFindingsComeFirst(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let dirty = try #require(try await store.dirtyDevices(limit: 9).first)
        let findings = ["low", "info", "critical", "high", "medium", "high"].enumerated().map { index, severity in
            finding("f\(index)", severity: severity, report: first.digest)
        }
        try await store.finish(evaluation(dirty, first.digest, findings))
        let query = FindingQuery(includesInfo: false, order: .severity)
        let listed = try await store.findings(query, after: nil, limit: 9).findings
        #expect(listed.map(\.id) == ["f2", "f5", "f3", "f4", "f0"])
        let all = try await store.findings(FindingQuery(order: .severity), after: nil, limit: 9).findings
        #expect(all.last?.id == "f1")
    }

    static func dirtyDevicesAreListedInPages(_ store: some Store) async throws {
        for name in ["a", "b", "c"] { _ = try await withDevice(store, name) }
        let all = try await store.dirtyDevices(after: nil, limit: 9).map(\.device.id)
        #expect(all == [digest("a"), digest("b"), digest("c")].sorted())
        #expect(try await store.dirtyDevices(after: all[0], limit: 1).map(\.device.id) == [all[1]])
        #expect(try await store.dirtyDevices(after: all[2], limit: 1).isEmpty)
    }

    static func finding(
        _ id: String, rule: String = "trace/x", severity: String = "high", report: ContentDigest
    ) -> StoredFinding {
        StoredFinding(
            id: id, deviceID: digest("a"), rule: rule, severity: severity, title: "title", content: [0x7b, 0x7d],
            firstSeen: now, lastSeen: now, firstReport: report, lastReport: report)
    }

    static func evaluation(
        _ dirty: DirtyDevice, _ report: ContentDigest, _ findings: [StoredFinding]
    ) -> DeviceEvaluation {
        DeviceEvaluation(
            deviceID: dirty.device.id, generation: dirty.generation,
            standing: Standing(
                report: report, verdict: .fail, findings: FindingCounts(high: findings.count),
                outcomes: ["missing": 1], profileID: "p", recordID: nil, evaluatedAt: now),
            facts: dirty.device.facts, findings: findings)
    }

    static func equalRootsHaveEqualCounts(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let lying = report("a", 2, previous: first.digest, counts: "others")
        for isComplete in [false, true] {
            guard case .contradictory = try await store.accept(lying, content: isComplete ? [] : nil) else {
                return #expect(Bool(false), "an unchanged root was taken with other counts")
            }
        }
        #expect(try await store.device(digest("a"))?.head?.sequence == 1)
        let changed = report("a", 3, root: "other", previous: first.digest, counts: "others")
        guard case .accepted = try await store.accept(changed, content: []) else {
            return #expect(Bool(false), "another root may have other counts")
        }
    }

    static func findingsLiveAndEnd(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let dirty = try #require(try await store.dirtyDevices(limit: 9).first)
        try await store.finish(
            evaluation(dirty, first.digest, [finding("f1", report: first.digest), finding("f2", report: first.digest)]))
        #expect(try await store.dirtyDevices(limit: 9).isEmpty)
        let standing = try #require(try await store.device(digest("a"))?.standing)
        #expect(standing.verdict == .fail)
        #expect(standing.findings.high == 2)
        #expect(standing.outcomes == ["missing": 1])
        let second = report("a", 2, root: "other", previous: first.digest)
        _ = try await store.accept(second, content: [])
        let again = try #require(try await store.dirtyDevices(limit: 9).first)
        try await store.finish(evaluation(again, second.digest, [finding("f2", report: second.digest)]))
        let open = try await store.findings(FindingQuery(deviceID: digest("a")), after: nil, limit: 10).findings
        #expect(open.map(\.id) == ["f2"])
        #expect(open.first?.firstReport == first.digest)
        #expect(open.first?.lastReport == second.digest)
        let query = FindingQuery(includesResolved: true)
        let page = try await store.findings(query, after: nil, limit: 1)
        let rest = try await store.findings(query, after: page.next, limit: 1)
        #expect((page.findings + rest.findings).map(\.id) == ["f2", "f1"])
        #expect(try await store.findings(withPrefix: "f").count == 2)
        #expect(try await store.settleFinding("f2", reason: "no", by: actor) == false)
    }

    static func unchangedReportsNeedNoEvaluation(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let dirty = try #require(try await store.dirtyDevices(limit: 9).first)
        try await store.finish(evaluation(dirty, first.digest, []))
        let answer = try await store.accept(report("a", 2, previous: first.digest), content: nil)
        guard case .accepted(true, let standing, false) = answer else {
            return #expect(Bool(false), "an unchanged report made work")
        }
        #expect(standing?.verdict == .fail)
        try await store.adoptRules(revision: "r1")
        #expect(try await store.dirtyDevices(limit: 9).count == 1)
        let next = try #require(try await store.dirtyDevices(limit: 9).first)
        try await store.finish(evaluation(next, first.digest, []))
        try await store.adoptRules(revision: "r1")
        #expect(try await store.dirtyDevices(limit: 9).isEmpty)
    }

    static func changesDuringAnEvaluationAreNotLost(_ store: some Store) async throws {
        let first = try await withDevice(store)
        let dirty = try #require(try await store.dirtyDevices(limit: 9).first)
        _ = try await store.accept(report("a", 2, root: "other", previous: first.digest), content: [])
        try await store.finish(evaluation(dirty, first.digest, []))
        #expect(try await store.dirtyDevices(limit: 9).count == 1)
    }

    static func chainFindingsAreSettledByOperators(_ store: some Store) async throws {
        let first = try await withDevice(store)
        _ = try await store.accept(report("a", 4, previous: digest("lost")), content: nil)
        let dirty = try #require(try await store.dirtyDevices(limit: 9).first)
        let gap = finding("gap", rule: ChainAnomaly.Kind.sequenceGap.rawValue, report: first.digest)
        try await store.finish(evaluation(dirty, first.digest, [gap]))
        #expect(try await store.settleFinding("gap", reason: "device was reset", by: actor))
        #expect(try await store.openAnomalies(of: digest("a")).map(\.anomaly.kind) == [.previousMismatch])
        #expect(try await store.findings(withPrefix: "gap").first?.resolution == "test: device was reset")
        #expect(try await store.audit(limit: 1).first?.action == "finding/settle")
    }

    static func documentsHaveRevisions(_ store: some Store) async throws {
        _ = try await withDevice(store)
        func document(_ content: String, kind: TraceabilityDocument.Kind = .profile) -> TraceabilityDocument {
            TraceabilityDocument(
                kind: kind, id: "p", digest: digest(content), content: Array(content.utf8),
                serial: kind == .record ? "S1" : nil, importedAt: now)
        }
        #expect(try await store.importDocument(document("one"), by: actor).revision == 1)
        #expect(try await store.importDocument(document("one"), by: actor).revision == 1)
        #expect(try await store.importDocument(document("two"), by: actor).revision == 2)
        #expect(try await store.document(.profile, id: "p")?.content == Array("two".utf8))
        #expect(try await store.document(.record, id: "p") == nil)
        #expect(try await store.documents(.profile, after: nil, limit: 5).map(\.revision) == [2])
        #expect(try await store.documents(.profile, after: "p", limit: 5).isEmpty)
        _ = try await store.importDocument(document("built", kind: .record), by: actor)
        #expect(try await store.records(forDevice: digest("a"), serial: "S1").map(\.id) == ["p"])
        let own = TraceabilityDocument(
            kind: .record, id: "own", digest: digest("own"), content: [1], serial: "S9",
            deviceID: digest("a").description, importedAt: now)
        _ = try await store.importDocument(own, by: actor)
        #expect(try await store.records(forDevice: digest("a"), serial: "S1").map(\.id) == ["own", "p"])
        #expect(try await store.records(forDevice: digest("a"), serial: "S9").map(\.id) == ["own"])
        #expect(try await store.records(forDevice: digest("b"), serial: "S1").map(\.id) == ["p"])
        #expect(try await store.records(forDevice: digest("b"), serial: "S9").isEmpty)
        #expect(try await store.records(forDevice: digest("b"), serial: "S2").isEmpty)
        #expect(try await store.records(forDevice: digest("b"), serial: nil).isEmpty)
        #expect(try await store.revisions(.profile, id: "p").map(\.revision) == [1, 2])
        #expect(try await store.revisions(.profile, id: "q").isEmpty)
        #expect(try await store.deltas(forDevice: digest("a"), serial: "S1").isEmpty)
        let deltas = [
            TraceabilityDocument(
                kind: .delta, id: "d1", digest: digest("d1"), content: [1], serial: "S1", importedAt: now),
            TraceabilityDocument(
                kind: .delta, id: "d2", digest: digest("d2"), content: [2], serial: "S1",
                deviceID: digest("a").description, importedAt: now),
            TraceabilityDocument(
                kind: .delta, id: "d3", digest: digest("d3"), content: [3], serial: "S2", importedAt: now),
        ]
        #expect(try await store.importDocuments(deltas, by: actor).map(\.revision) == [1, 1, 1])
        #expect(try await store.importDocuments(deltas, by: actor).map(\.revision) == [1, 1, 1])
        #expect(try await store.deltas(forDevice: digest("a"), serial: "S1").map(\.id) == ["d1", "d2"])
        #expect(try await store.deltas(forDevice: digest("b"), serial: "S1").map(\.id) == ["d1"])
        #expect(try await store.deltas(forDevice: nil, serial: nil).isEmpty)
    }

    static func recordsTouchTheirUnits(_ store: some Store) async throws {
        let names = ["a", "b", "c"]
        for name in names { _ = try await withDevice(store, name) }
        func document(
            _ id: String, _ kind: TraceabilityDocument.Kind, serial: String? = nil, device: String? = nil
        ) -> TraceabilityDocument {
            TraceabilityDocument(
                kind: kind, id: id, digest: digest(id), content: [1], serial: serial,
                deviceID: device.map { digest($0).description }, importedAt: now)
        }
        try await settle(store)
        _ = try await store.importDocuments(
            [document("r1", .record, serial: "serial of a"), document("r2", .record, serial: "serial of nobody")],
            by: actor)
        #expect(try await dirtyNames(store, of: names) == ["a"])
        _ = try await store.importDocuments([document("d1", .delta, device: "c")], by: actor)
        #expect(try await dirtyNames(store, of: names) == ["a", "c"])
        _ = try await store.importDocuments([document("p1", .profile)], by: actor)
        #expect(try await dirtyNames(store, of: names) == names)
    }

    static func chainsAreNotCut(_ store: some Store) async throws {
        let deltas = (0...1000).map { number in
            TraceabilityDocument(
                kind: .delta, id: "d\(number)", digest: digest("\(number)"), content: [1], serial: "S1", importedAt: now
            )
        }
        _ = try await store.importDocuments(Array(deltas.dropLast()), by: actor)
        #expect(try await store.deltas(forDevice: nil, serial: "S1").count == 1000)
        _ = try await store.importDocuments(deltas, by: actor)
        #expect(try await store.deltas(forDevice: nil, serial: "S1").count == RecordChain.limit + 1)
    }

    static func settingsAreMadeOnce(_ store: some Store) async throws {
        #expect(try await store.setting("s") { [1] } == [1])
        #expect(try await store.setting("s") { [2] } == [1])
        try await store.checkWritable()
        #expect(try await store.evaluation(digest("k")) == nil)
        try await store.keepEvaluation([1, 2], for: digest("k"))
        #expect(try await store.evaluation(digest("k")) == [1, 2])
        try await store.createOperatorToken(
            OperatorToken(id: "o", secretHash: [1], name: "n", createdAt: now), by: actor)
        #expect(try await store.operatorToken("o")?.secretHash == [1])
        #expect(try await store.operatorTokens().count == 1)
        #expect(try await store.operatorToken("x") == nil)
        #expect(try await store.revokeOperatorToken("o", by: actor))
        #expect(try await store.revokeOperatorToken("o", by: actor) == false)
        #expect(try await store.operatorToken("o")?.revokedAt == now)
    }

    static func devicesAreListedInPages(_ store: some Store) async throws {
        try await store.createToken(token(uses: 3), by: actor)
        for name in ["a", "b", "c"] { _ = try await store.enrol(enrolment(name)) }
        let all = try await store.devices(after: nil, limit: 10).map(\.id)
        #expect(all == [digest("a"), digest("b"), digest("c")].sorted())
        #expect(try await store.devices(after: all[0], limit: 1).map(\.id) == [all[1]])
        let prefix = String(all[1].hex.prefix(10))
        #expect(try await store.devices(withPrefix: prefix).map(\.id) == [all[1]])
        #expect(try await store.statistics().devices == 3)
        #expect(try await store.assignProfile("p", to: all[0], by: actor))
        #expect(try await store.device(all[0])?.profileID == "p")
    }

    static func concurrentReportsAreAllCommitted(_ store: some Store) async throws {
        try await store.createToken(token(uses: 50), by: actor)
        for number in 0..<50 { _ = try await store.enrol(enrolment("d\(number)")) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let answer = try await store.accept(report("d\(number)", 1), content: [])
                    guard case .accepted(true, _, _) = answer else { return false }
                    return true
                }
            }
            for try await isAccepted in group { #expect(isAccepted) }
        }
        for number in 0..<50 { #expect(try await store.device(digest("d\(number)"))?.head?.sequence == 1) }
    }
}
