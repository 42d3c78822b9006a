internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore
internal import Logging

/// Makes a device's standing from its last report, its records and its chain.
final class DeviceEvaluator: Sendable {
    private let store: any Store
    private let metrics: CollectorMetrics
    private let logger: Logger
    private let finder: TraceabilityFinder
    private let judge: ContentJudge
    private let lists: RuleListSource
    private let policies: PolicySource
    private let suppliers: SupplierSource

    /// Whether nothing is written.
    private let isPreview: Bool

    /// Evaluates devices of `store`; with `candidates` in the place of its documents nothing is written.
    init(
        store: any Store, metrics: CollectorMetrics, logger: Logger, candidates: [TraceabilityDocument]? = nil
    ) {
        self.store = store
        self.metrics = metrics
        self.logger = logger
        isPreview = candidates != nil
        finder = TraceabilityFinder(store: store, candidates: candidates ?? [])
        judge = ContentJudge(store: store, metrics: metrics, logger: logger, isPreview: candidates != nil)
        lists = RuleListSource(store: store)
        policies = PolicySource(store: store, candidates: candidates ?? [])
        suppliers = SupplierSource(store: store, candidates: candidates ?? [])
    }

    /// An evaluator that only tells what would be said, with `candidates` in the place of the store's documents.
    static func reading(_ store: any Store, candidates: [TraceabilityDocument] = []) -> DeviceEvaluator {
        var logger = Logger(label: "preview") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return DeviceEvaluator(store: store, metrics: CollectorMetrics(), logger: logger, candidates: candidates)
    }

    /// Takes up lists, policies, profiles and supplier graphs that were imported; to be called after it was asked which devices are to be judged.
    func refreshLists() async throws {
        try await lists.refresh()
        try await policies.refresh()
        try await finder.refresh()
        try await suppliers.refresh(for: lists.current)
    }

    /// Makes the standing of one device, for the caller to write; nil before its first report.
    func evaluate(_ dirty: DirtyDevice) async throws -> DeviceEvaluation? {
        guard let head = dirty.device.head else { return nil }
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
        logger.info(
            "device evaluated",
            metadata: [
                "device": "\(dirty.device.id)", "verdict": "\(evaluation.standing.verdict.rawValue)",
                "findings": "\(evaluation.findings.count)", "duration": "\(ContinuousClock.now - start)",
            ])
        return evaluation
    }

    /// What the standing of a device would be.
    func preview(_ device: Device) async throws -> DeviceEvaluation {
        guard let head = device.head else { throw StoreFailure(.corrupt, "device \(device.id) has not reported") }
        return try await judge(DirtyDevice(device: device, generation: 0), head)
    }

    /// What the rules say of the last report of a device: what is kept of it where nothing has changed since.
    func result(of device: Device) async throws -> VerifyResult? {
        guard let head = device.head else { return nil }
        try await refreshLists()
        return try await weigh(device, head).judgement.result
    }

    /// What the rules say of a report, and what they held it against.
    private struct Weighing {
        let subject: ContentJudge.Subject
        let reading: UnitReading
        let kept: [KeptEvaluation]
        let profile: TraceabilityFinder.FoundProfile?
        let record: TraceabilityFinder.FoundRecord?
        let policy: DevicePolicy?
        let judgement: ContentJudge.Judgement
    }

    private func weigh(_ device: Device, _ head: ChainHead) async throws -> Weighing {
        let subject = ContentJudge.Subject(device: device, head: head)
        let rules = lists.current
        let (reading, kept) = try await judge.reading(of: subject, rules)
        let record = try await finder.record(for: device, reading.facts, at: .now)
        let profile = try finder.profile(for: device, reading.facts, record?.document)
        let policy = PolicyScope.closest(
            of: policies.current, to: reading.facts, profile: profile?.id, site: device.site)
        let judgement = try await judge.judge(
            subject, reading,
            by: ContentJudge.Standards(
                profile: profile, record: record, lists: rules, suppliers: suppliers.current,
                uses: policy?.intendedUse ?? []))
        return Weighing(
            subject: subject, reading: reading, kept: kept, profile: profile, record: record, policy: policy,
            judgement: judgement)
    }

    private func judge(_ dirty: DirtyDevice, _ head: ChainHead) async throws -> DeviceEvaluation {
        let device = dirty.device
        let weighing = try await weigh(device, head)
        let (reading, profile, record) = (weighing.reading, weighing.profile, weighing.record)
        let (policy, judgement, facts) = (weighing.policy, weighing.judgement, reading.facts)
        var result = judgement.result
        // Certificates cease to hold without any input changing, so that this is no part of what is kept.
        RecordChainFindings.enter(record?.defects ?? [], device: facts, into: &result)
        if !isPreview, device.identitySet != reading.identitySet {
            try await store.noteIdentities(
                try await judge.identities(of: weighing.subject), of: device.id, at: head.receivedAt)
        }
        let around = try await store.circumstances(of: device.id, model: facts.modelName, site: device.site)
        let anomalies = around.anomalies
        let context = FleetContext(
            device: device.id.description, matches: around.matches,
            chain: anomalies.map { ($0.anomaly.kind.rawValue, "\($0.anomaly.observed) in the report \($0.report)") })
        let settlement = Settlement(
            result, chain: ChainFindings.findings(anomalies, device: device.id),
            fleet: FleetRules.findings(context), policy: policy,
            // The oldest of several counts.
            waivers: Dictionary(around.waivers.map { ($0.cause, $0.id) }) { first, _ in first })
        var evaluation = try combine(
            result, facts, settlement, dirty, head, profile: profile?.id, record: record?.id)
        evaluation.kept = weighing.kept
        evaluation.population = population(judgement, policy, around.waivers, dirty, head)
        return evaluation
    }

    /// What the device shows that nothing expects, and what makes a finding of its model of that.
    private func population(
        _ judgement: ContentJudge.Judgement, _ policy: DevicePolicy?, _ waivers: [Waiver], _ dirty: DirtyDevice,
        _ head: ChainHead
    ) -> PopulationReview {
        let isTrusted = dirty.device.revokedAt == nil
        let rule = PopulationChange(policy?.populationChange ?? PopulationTerms())
        return PopulationReview(isTrusted ? judgement.unexpected : []) { state in
            guard var finding = rule.finding(state, at: head.receivedAt) else { return nil }
            guard policy?.ignored.contains(where: { $0.rule == finding.rule }) != true else { return nil }
            finding.severity = policy?.severities[finding.rule] ?? finding.severity
            var stored = try StoredFinding(finding, of: dirty.device.id, at: head)
            stored.scope = .model
            stored.model = state.model
            stored.waiver = waivers.first { $0.scope == .model && $0.cause == finding.cause }?.id
            if stored.waiver != nil { stored.state = .waived }
            return stored
        }
    }

    private func combine(
        _ result: VerifyResult, _ facts: DeviceFacts, _ settlement: Settlement, _ dirty: DirtyDevice,
        _ head: ChainHead, profile: String?, record: String?
    ) throws -> DeviceEvaluation {
        var counts = FindingCounts()
        for finding in settlement.findings where settlement.waived[finding.id] == nil {
            counts.add(severity: finding.severity.rawValue)
        }
        var outcomes: [String: Int] = [:]
        // What decides nothing is counted apart, so that "unexpected" beside a pass does not look like a contradiction.
        for outcome in result.outcomes {
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
            facts: facts, findings: stored)
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
