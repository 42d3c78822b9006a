internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore
internal import Logging
internal import Synchronization

/// Makes a device's standing from its last report, its records and its chain.
final class DeviceEvaluator: Sendable {
    /// What the rules gave for one set of inputs.
    private struct Judgement: Codable, Sendable {
        var result: VerifyResult
        var facts: DeviceFacts
        var identities: [FleetIdentity]
    }

    private let store: any Store
    private let metrics: CollectorMetrics
    private let logger: Logger
    private let finder: TraceabilityFinder
    private let reader: InventoryReader
    private let lists: RuleListSource
    private let policies: PolicySource
    private let suppliers: SupplierSource

    /// Whether nothing is written: what is found out about candidates is remembered here alone.
    private let isPreview: Bool
    private let previews = Mutex<[ContentDigest: Judgement]>([:])

    /// Evaluates devices of `store`; with `candidates` in the place of its documents nothing is written.
    init(
        store: any Store, metrics: CollectorMetrics, logger: Logger, candidates: [TraceabilityDocument]? = nil
    ) {
        self.store = store
        self.metrics = metrics
        self.logger = logger
        isPreview = candidates != nil
        finder = TraceabilityFinder(store: store, candidates: candidates ?? [])
        reader = InventoryReader(store: store)
        lists = RuleListSource(store: store)
        policies = PolicySource(store: store, candidates: candidates ?? [])
        suppliers = SupplierSource(store: store, candidates: candidates ?? [])
    }

    /// Takes up lists, policies and supplier graphs that were imported; to be called after it was asked which devices are to be judged.
    func refreshLists() async throws {
        try await lists.refresh()
        try await policies.refresh()
        try await suppliers.refresh(for: lists.current)
    }

    /// Makes the standing of one device and writes it.
    func evaluate(_ dirty: DirtyDevice) async throws {
        guard let head = dirty.device.head else { return }
        let start = ContinuousClock.now
        var evaluation: DeviceEvaluation
        do {
            evaluation = try await judge(dirty, head)
        } catch let failure as StoreFailure where failure.code == .inputOutput {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // What cannot be judged must not look like the last judgement, nor be tried for ever.
            logger.error("evaluation failed", metadata: ["device": "\(dirty.device.id)", "error": "\(error)"])
            metrics.count(evaluation: "failed", lasting: .zero)
            evaluation = try await unjudged(dirty, head, because: error)
        }
        try await store.finish(evaluation)
        logger.info(
            "device evaluated",
            metadata: [
                "device": "\(dirty.device.id)", "verdict": "\(evaluation.standing.verdict.rawValue)",
                "findings": "\(evaluation.findings.count)", "duration": "\(ContinuousClock.now - start)",
            ])
    }

    /// What the standing of a device would be.
    func preview(_ device: Device) async throws -> DeviceEvaluation {
        guard let head = device.head else { throw StoreFailure(.corrupt, "device \(device.id) has not reported") }
        return try await judge(DirtyDevice(device: device, generation: 0), head)
    }

    private func judge(_ dirty: DirtyDevice, _ head: ChainHead) async throws -> DeviceEvaluation {
        let device = dirty.device
        guard let stored = try await store.report(of: device.id, sequence: head.sequence) else {
            throw StoreFailure(.corrupt, "report \(head.report)")
        }
        let predicate = try ReportStatement.Predicate(of: stored)
        let facts = try await reader.facts(of: predicate)
        let record = try await finder.record(for: device, facts, at: .now)
        let profile = try await finder.profile(for: device, facts, record?.document)
        let rules = lists.current
        let policy = PolicyScope.closest(
            of: policies.current, to: facts, profile: profile?.id, site: device.site)
        let uses = policy?.intendedUse ?? []
        let suppliers = suppliers.current
        let key = Self.key(
            device, head, profile: profile?.digest, record: record?.digest, rules, suppliers, uses)
        var judgement: Judgement
        if let known = previews.withLock({ $0[key] }) {
            judgement = known
        } else if let known = try await store.evaluation(key) {
            judgement = try CanonicalJSON.decode(Judgement.self, from: known)
            metrics.count(evaluation: "repeated", lasting: .zero)
        } else {
            let start = ContinuousClock.now
            judgement = try await apply(
                predicate, head, device, profile?.document, record?.document, rules, suppliers.directory, uses)
            try await keep(judgement, for: key)
            metrics.count(evaluation: "new", lasting: ContinuousClock.now - start)
        }
        // Certificates cease to hold without any input changing, so that this is no part of what is kept.
        RecordChainFindings.enter(record?.defects ?? [], device: judgement.facts, into: &judgement.result)
        let anomalies = try await store.openAnomalies(of: device.id)
        if !isPreview {
            try await store.noteIdentities(judgement.identities, of: device.id, at: head.receivedAt)
        }
        let context = FleetContext(
            device: device.id.description, matches: try await store.fleetMatches(of: device.id),
            chain: anomalies.map { ($0.anomaly.kind.rawValue, "\($0.anomaly.observed) in the report \($0.report)") })
        let settlement = Settlement(
            judgement.result, chain: ChainFindings.findings(anomalies, device: device.id),
            fleet: FleetRules.findings(context), policy: policy, waivers: try await waivers(device, facts))
        return try combine(judgement, settlement, dirty, head, profile: profile?.id, record: record?.id)
    }

    private func keep(_ judgement: Judgement, for key: ContentDigest) async throws {
        guard isPreview else {
            return try await store.keepEvaluation(try CanonicalJSON.encode(judgement), for: key)
        }
        previews.withLock { previews in
            if previews.count > 1024 { previews.removeAll() }
            previews[key] = judgement
        }
    }

    /// The waivers that hold for a device, by cause; the oldest of several counts.
    private func waivers(_ device: Device, _ facts: DeviceFacts) async throws -> [String: String] {
        let waivers = try await store.waivers(for: device.id, model: facts.modelName, site: device.site)
        return Dictionary(waivers.map { ($0.cause, $0.id) }) { first, _ in first }
    }

    /// Runs every rule over a report that was not judged before against these records.
    private func apply(
        _ predicate: ReportStatement.Predicate, _ head: ChainHead, _ device: Device, _ profile: HardwareProfile?,
        _ record: AsBuiltRecord?, _ lists: RuleLists, _ suppliers: SupplierDirectory, _ uses: [String]
    ) async throws -> Judgement {
        var (snapshot, damage) = try await reader.snapshot(of: predicate, device: device.id)
        let files = FileComparison(reader: reader, device: snapshot.device)
        let (fileEvaluation, fileDamage) = try await files.judge(
            predicate, profile: profile, hasPackages: !snapshot.packages.isEmpty)
        damage += fileDamage
        snapshot.gaps += damage
        let former = try await former(head, device, predicate, files)
        var result = Evaluation(
            profile: profile, record: record, lists: lists, suppliers: suppliers, uses: uses,
            today: CalendarDay(head.receivedAt)
        )
        .run(
            snapshot, previous: former?.inventory, files: fileEvaluation,
            fileChanges: former?.fileChanges ?? .notApplicable)
        if let finding = EvaluationFindings.damage(damage, device: device.id) {
            result.findings.append(finding)
            if result.verdict != .fail { result.verdict = .undetermined }
        }
        return Judgement(
            result: result, facts: snapshot.device, identities: FleetIdentities().identities(of: snapshot))
    }

    /// The last inventory that differed, and what changed in the files since; one that cannot be read is none.
    private func former(
        _ head: ChainHead, _ device: Device, _ predicate: ReportStatement.Predicate, _ files: FileComparison
    ) async throws -> (inventory: InventorySnapshot, fileChanges: RuleVerdict)? {
        guard let root = head.formerRoot,
            let former = try await store.report(of: device.id, inventoryRoot: root)
        else { return nil }
        do {
            let formerPredicate = try ReportStatement.Predicate(of: former)
            let inventory = try await reader.snapshot(of: formerPredicate, device: device.id).inventory
            return (inventory, try await files.changes(from: formerPredicate, to: predicate))
        } catch let failure as StoreFailure where failure.code == .inputOutput {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            logger.warning(
                "the former report cannot be read", metadata: ["device": "\(device.id)", "error": "\(error)"])
            return nil
        }
    }

    /// Everything that the result depends on; the device is part of it, as ids of findings carry it.
    private static func key(
        _ device: Device, _ head: ChainHead, profile: ContentDigest?, record: ContentDigest?, _ lists: RuleLists,
        _ suppliers: SupplierSource.Known, _ uses: [String]
    ) -> ContentDigest {
        let day = CalendarDay(head.receivedAt)
        let inputs = [
            "assay/evaluation/v2", RulesRevision.current, device.id.description, head.inventoryRoot.description,
            head.formerRoot?.description ?? "-", profile?.description ?? "-", record?.description ?? "-",
            lists.digest.description, lists.standing(on: day), suppliers.digest?.description ?? "-",
            suppliers.directory.standing(on: day),
            uses.sorted().joined(separator: "\u{1f}"),
        ]
        return .sha256(of: Array(inputs.joined(separator: "\n").utf8))
    }

    private func combine(
        _ judgement: Judgement, _ settlement: Settlement, _ dirty: DirtyDevice, _ head: ChainHead, profile: String?,
        record: String?
    ) throws -> DeviceEvaluation {
        var counts = FindingCounts()
        for finding in settlement.findings where settlement.waived[finding.id] == nil {
            counts.add(severity: finding.severity.rawValue)
        }
        var outcomes: [String: Int] = [:]
        // What decides nothing is counted apart, so that "unexpected" beside a pass does not look like a contradiction.
        for outcome in judgement.result.outcomes {
            outcomes[outcome.reaction == .notice ? "noted" : outcome.kind.rawValue, default: 0] += 1
        }
        let stored = try settlement.findings.map { finding in
            var stored = try StoredFinding(finding, of: dirty.device.id, at: head)
            stored.waiver = settlement.waived[finding.id]
            if stored.waiver != nil { stored.state = .waived }
            return stored
        }
        return DeviceEvaluation(
            deviceID: dirty.device.id, generation: dirty.generation,
            standing: Standing(
                report: head.report, verdict: DeviceVerdict(settlement), findings: counts, outcomes: outcomes,
                profileID: profile, recordID: record, evaluatedAt: .now),
            facts: judgement.facts, findings: stored)
    }

    /// What is known when an evaluation fails: the findings that stood before, and the reason.
    private func unjudged(
        _ dirty: DirtyDevice, _ head: ChainHead, because error: any Error
    ) async throws -> DeviceEvaluation {
        let device = dirty.device
        let chain = ChainFindings.findings(try await store.openAnomalies(of: device.id), device: device.id)
        let failed = EvaluationFindings.failed(because: error, device: device.id)
        var findings = try (chain + [failed]).map { try StoredFinding($0, of: device.id, at: head) }
        let isAnew = Set(findings.map(\.rule)).union(ChainAnomaly.Kind.allCases.map(\.rawValue))
        var cursor: Int64?
        repeat {
            let page = try await store.findings(FindingQuery(deviceID: device.id), after: cursor, limit: 500)
            findings += page.findings.filter { !isAnew.contains($0.rule) }
            cursor = page.next
        } while cursor != nil
        var counts = FindingCounts()
        for finding in findings where finding.waiver == nil { counts.add(severity: finding.severity) }
        // A failure must not turn what was wrong into what is merely unknown.
        let isBad = device.standing?.verdict == .fail || chain.contains { $0.severity >= .high }
        return DeviceEvaluation(
            deviceID: device.id, generation: dirty.generation,
            standing: Standing(
                report: head.report, verdict: isBad ? .fail : .undetermined, findings: counts,
                outcomes: device.standing?.outcomes ?? [:], profileID: device.standing?.profileID,
                recordID: device.standing?.recordID, evaluatedAt: .now),
            facts: device.facts, findings: findings)
    }
}

extension DeviceVerdict {
    /// The word for what remains; a pass that owes itself to what was set aside has a word of its own.
    init(_ settlement: Settlement) {
        let word = DeviceVerdict(rawValue: settlement.verdict.rawValue) ?? .undetermined
        self = word == .pass && settlement.isConditional ? .passWithWaivers : word
    }
}

extension StoredFinding {
    /// A finding as the report at the head of the chain shows it.
    init(_ finding: Finding, of device: ContentDigest, at head: ChainHead) throws {
        self.init(
            id: finding.id, deviceID: device, cause: finding.cause, rule: finding.rule,
            severity: finding.severity.rawValue,
            title: finding.title, content: try CanonicalJSON.encode(finding), firstSeen: head.receivedAt,
            lastSeen: head.receivedAt, firstReport: head.report, lastReport: head.report)
    }
}
