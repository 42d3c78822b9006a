internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore
internal import Logging

/// Makes a device's standing from its last report, its records and its chain.
struct DeviceEvaluator: Sendable {
    /// What the rules gave for one set of inputs.
    private struct Judgement: Codable, Sendable {
        var result: VerifyResult
        var facts: DeviceFacts
    }

    private let store: any Store
    private let metrics: CollectorMetrics
    private let logger: Logger
    private let finder: TraceabilityFinder
    private let reader: InventoryReader

    /// Evaluates devices of `store`.
    init(store: any Store, metrics: CollectorMetrics, logger: Logger) {
        self.store = store
        self.metrics = metrics
        self.logger = logger
        finder = TraceabilityFinder(store: store)
        reader = InventoryReader(store: store)
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
            evaluation = unjudged(dirty, head)
        }
        try await store.finish(evaluation)
        logger.info(
            "device evaluated",
            metadata: [
                "device": "\(dirty.device.id)", "verdict": "\(evaluation.standing.verdict.rawValue)",
                "findings": "\(evaluation.findings.count)", "duration": "\(ContinuousClock.now - start)",
            ])
    }

    private func judge(_ dirty: DirtyDevice, _ head: ChainHead) async throws -> DeviceEvaluation {
        let device = dirty.device
        guard let stored = try await store.report(of: device.id, sequence: head.sequence) else {
            throw StoreFailure(.corrupt, "report \(head.report)")
        }
        let predicate = try ReportStatement.Predicate(of: stored)
        let facts = try await reader.facts(of: predicate)
        let record = try await finder.record(for: device, facts)
        let profile = try await finder.profile(for: device, facts, record?.document)
        let key = Self.key(device, head, profile: profile?.digest, record: record?.digest)
        let judgement: Judgement
        if let known = try await store.evaluation(key) {
            judgement = try CanonicalJSON.decode(Judgement.self, from: known)
            metrics.count(evaluation: "repeated", lasting: .zero)
        } else {
            let start = ContinuousClock.now
            judgement = try await apply(predicate, head, device, profile?.document, record?.document)
            try await store.keepEvaluation(try CanonicalJSON.encode(judgement), for: key)
            metrics.count(evaluation: "new", lasting: ContinuousClock.now - start)
        }
        let chain = ChainFindings.findings(try await store.openAnomalies(of: device.id), device: device.id)
        return try combine(judgement, chain, dirty, head, profile: profile?.id, record: record?.id)
    }

    /// Runs every rule over a report that was not judged before against these records.
    private func apply(
        _ predicate: ReportStatement.Predicate, _ head: ChainHead, _ device: Device, _ profile: HardwareProfile?,
        _ record: AsBuiltRecord?
    ) async throws -> Judgement {
        var snapshot = try await reader.snapshot(of: predicate, device: device.id)
        let files = FileComparison(reader: reader, device: snapshot.device)
        let (fileEvaluation, damage) = try await files.judge(
            predicate, profile: profile, hasPackages: !snapshot.packages.isEmpty)
        snapshot.gaps += damage
        var previous: InventorySnapshot?
        var fileChanges = RuleVerdict.notApplicable
        if let root = head.formerRoot,
            let former = try await store.report(of: device.id, inventoryRoot: root)
        {
            let formerPredicate = try ReportStatement.Predicate(of: former)
            previous = try await reader.snapshot(of: formerPredicate, device: device.id)
            fileChanges = try await files.changes(from: formerPredicate, to: predicate)
        }
        let result = Evaluation(profile: profile, record: record)
            .run(snapshot, previous: previous, files: fileEvaluation, fileChanges: fileChanges)
        return Judgement(result: result, facts: snapshot.device)
    }

    /// Everything that the result depends on; the device is part of it, as ids of findings carry it.
    private static func key(
        _ device: Device, _ head: ChainHead, profile: ContentDigest?, record: ContentDigest?
    ) -> ContentDigest {
        let inputs = [
            "assay/evaluation/v1", RulesRevision.current, device.id.description, head.inventoryRoot.description,
            head.formerRoot?.description ?? "-", profile?.description ?? "-", record?.description ?? "-",
        ]
        return .sha256(of: Array(inputs.joined(separator: "\n").utf8))
    }

    private func combine(
        _ judgement: Judgement, _ chain: [Finding], _ dirty: DirtyDevice, _ head: ChainHead, profile: String?,
        record: String?
    ) throws -> DeviceEvaluation {
        let now = Timestamp.now
        let findings = judgement.result.findings + chain
        var counts = FindingCounts()
        for finding in findings { counts.add(severity: finding.severity.rawValue) }
        var outcomes: [String: Int] = [:]
        // What decides nothing is counted apart, so that "unexpected" beside a pass does not look like a contradiction.
        for outcome in judgement.result.outcomes {
            outcomes[outcome.reaction == .notice ? "noted" : outcome.kind.rawValue, default: 0] += 1
        }
        var verdict = DeviceVerdict(rawValue: judgement.result.verdict.rawValue) ?? .undetermined
        // A copied key makes every statement of the device doubtful, whatever it states.
        if chain.contains(where: { $0.severity >= .high }) { verdict = .fail }
        let stored = try findings.map { finding in
            StoredFinding(
                id: finding.id, deviceID: dirty.device.id, rule: finding.rule, severity: finding.severity.rawValue,
                title: finding.title, content: try CanonicalJSON.encode(finding), firstSeen: head.receivedAt,
                lastSeen: head.receivedAt, firstReport: head.report, lastReport: head.report)
        }
        return DeviceEvaluation(
            deviceID: dirty.device.id, generation: dirty.generation,
            standing: Standing(
                report: head.report, verdict: verdict, findings: counts, outcomes: outcomes, profileID: profile,
                recordID: record, evaluatedAt: now),
            facts: judgement.facts, findings: stored)
    }

    private func unjudged(_ dirty: DirtyDevice, _ head: ChainHead) -> DeviceEvaluation {
        DeviceEvaluation(
            deviceID: dirty.device.id, generation: dirty.generation,
            standing: Standing(
                report: head.report, verdict: .undetermined, findings: FindingCounts(), outcomes: [:],
                profileID: nil, recordID: nil, evaluatedAt: .now),
            facts: dirty.device.facts, findings: [])
    }
}
