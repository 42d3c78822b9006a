internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore
internal import Logging
internal import Synchronization

/// Judges what devices report, once for all that report the same.
///
/// Units of one model differ in their serial numbers at least. These are taken out (``AssayRules/UnitForm``), what remains
/// is judged under the digest of all that went in, and each unit puts its own values into the findings. docs/fleet.md
/// says what is shared and what is not.
final class ContentJudge: Sendable {
    /// What a report is held against.
    struct Standards: Sendable {
        let profile: TraceabilityFinder.FoundProfile?
        let record: TraceabilityFinder.FoundRecord?
        let lists: RuleLists
        let suppliers: SupplierSource.Known
        let uses: [String]
    }

    /// A device at the head of its chain.
    struct Subject: Sendable {
        let device: Device
        let head: ChainHead
        var today: CalendarDay { CalendarDay(head.receivedAt) }
    }

    /// What the rules say of content.
    struct Judgement: Sendable, Codable {
        var result: VerifyResult
        /// Kinds of parts that nothing expects.
        var unexpected: [PartKind]

        func bound(to device: String, with values: UnitValues?) -> Judgement {
            Judgement(result: result.bound(to: device, with: values), unexpected: unexpected)
        }
    }

    /// Most judgements that are held decoded; a fleet has few models, and a judgement has every outcome of one.
    private static let cacheLimit = 64

    private let store: any Store
    private let reader: InventoryReader
    private let metrics: CollectorMetrics
    private let logger: Logger
    private let isPreview: Bool
    private let recent = Mutex<[ContentDigest: Judgement]>([:])

    /// Judges content of `store`; a preview writes nothing to it.
    init(store: any Store, metrics: CollectorMetrics, logger: Logger, isPreview: Bool) {
        self.store = store
        self.metrics = metrics
        self.logger = logger
        self.isPreview = isPreview
        reader = InventoryReader(store: store)
    }

    /// What the report at the head of a device's chain says, read once; and what is to be kept where it was read now.
    func reading(
        of subject: Subject, _ lists: RuleLists
    ) async throws -> (reading: UnitReading, kept: [KeptEvaluation]) {
        let key = Self.key("reading/v1", [lists.digest.description] + Self.names(of: subject))
        if let known = try await store.evaluation(key) {
            return (try CanonicalJSON.decode(UnitReading.self, from: known), [])
        }
        let content = try await content(of: subject, onlyOwn: true)
        let share = content.form(lists, today: subject.today).map { form in
            UnitReading.Share(content: content.digest(of: form), values: form.values)
        }
        let reading = UnitReading(
            facts: content.inventory.device,
            identitySet: FleetIdentity.digest(of: FleetIdentities().identities(of: content.inventory)), share: share)
        return (reading, [KeptEvaluation(try CanonicalJSON.encode(reading), for: key)])
    }

    /// What the report shows that should occur once in the world.
    func identities(of subject: Subject) async throws -> [FleetIdentity] {
        FleetIdentities().identities(of: try await content(of: subject, onlyOwn: true).inventory)
    }

    /// What the rules say of a report, with the device's own values and names.
    func judge(_ subject: Subject, _ reading: UnitReading, by standards: Standards) async throws -> Judgement {
        let name = subject.device.id.description
        if let share = reading.share, standards.profile?.looksIntoUnits != true,
            let (record, values) = Self.form(of: standards, with: share.values)
        {
            let inputs = [
                "form", share.content.description,
                try record.map { "\(ContentDigest.sha256(of: try CanonicalJSON.encode($0)))" } ?? "-",
            ]
            let key = Self.key("evaluation/v3", inputs + Self.names(of: standards, on: subject.today))
            if let known = try await known(key, isShared: true) { return known.bound(to: name, with: values) }
            let start = ContinuousClock.now
            let content = try await content(of: subject)
            if let form = content.form(standards.lists, today: subject.today) {
                let result = try await apply(standards, record, to: content, form: form, today: subject.today)
                try await keep(result, for: key, isShared: true, since: start)
                return result.bound(to: name, with: values)
            }
        }
        return try await judgeAlone(subject, by: standards).bound(to: name, with: nil)
    }

    /// Judges a unit whose result holds for no other; the day is an input, as a date of manufacture may be to come.
    private func judgeAlone(_ subject: Subject, by standards: Standards) async throws -> Judgement {
        let inputs =
            ["unit", standards.record?.digest.description ?? "-", subject.today.description]
            + Self.names(of: subject)
        let key = Self.key("evaluation/v3", inputs + Self.names(of: standards, on: subject.today))
        if let known = try await known(key, isShared: false) { return known }
        let start = ContinuousClock.now
        let result = try await apply(
            standards, standards.record?.document, to: try await content(of: subject), form: nil, today: subject.today)
        try await keep(result, for: key, isShared: false, since: start)
        return result
    }

    private func content(of subject: Subject, onlyOwn: Bool = false) async throws -> ReportContent {
        try await reader.content(of: subject.device, subject.head, onlyOwn: onlyOwn, logger: logger)
    }

    private static func form(
        of standards: Standards, with values: UnitValues
    ) -> (record: AsBuiltRecord?, values: UnitValues)? {
        guard let record = standards.record?.document else { return (nil, values) }
        // Papers of suppliers are held against the moment of building.
        let asksPapers = standards.profile?.document.supplierPapers?.isEmpty == false
        return record.form(with: values, keepsMoment: asksPapers).map { ($0.record, $0.values) }
    }
}

extension ContentJudge {
    /// Runs every rule over content that was not judged before against these records.
    private func apply(
        _ standards: Standards, _ record: AsBuiltRecord?, to content: ReportContent, form: UnitForm?,
        today: CalendarDay
    ) async throws -> Judgement {
        let profile = standards.profile?.document
        let files = FileComparison(reader: reader)
        let (fileEvaluation, fileDamage) = try await files.judge(
            content.predicate, profile: profile, hasPackages: !content.inventory.packages.isEmpty)
        let damage = content.damage + fileDamage
        var inventory = form?.inventory ?? content.inventory
        inventory.gaps += damage
        let changes = try await changes(content, files)
        let previous = changes == nil ? nil : form?.former ?? content.former?.inventory
        var result = Evaluation(
            profile: profile, record: record, lists: standards.lists, suppliers: standards.suppliers.directory,
            uses: standards.uses, today: today,
            muted: form?.muted ?? []
        )
        .judge(
            inventory, previous: previous,
            files: fileEvaluation, fileChanges: changes ?? .notApplicable)
        if let finding = EvaluationFindings.damage(damage) {
            result.findings.append(finding)
            if result.verdict != .fail { result.verdict = .undetermined }
        }
        return Judgement(
            result: result,
            unexpected: PopulationChange.kinds(of: result, in: inventory, former: previous))
    }

    /// What changed in the files since the former report; nil without one that can be read.
    private func changes(_ content: ReportContent, _ files: FileComparison) async throws -> RuleVerdict? {
        guard let former = content.former else { return nil }
        do { return try await files.changes(from: former.predicate, to: content.predicate) } catch let failure
            as StoreFailure where failure.code == .inputOutput
        {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            logger.warning("the files of a former report cannot be read", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private func known(_ key: ContentDigest, isShared: Bool) async throws -> Judgement? {
        if let known = recent.withLock({ $0[key] }) {
            metrics.count(evaluation: "repeated", lasting: .zero)
            return known
        }
        guard let stored = try await store.evaluation(key) else { return nil }
        metrics.count(evaluation: "repeated", lasting: .zero)
        let result = try CanonicalJSON.decode(Judgement.self, from: stored)
        if isShared { remember(result, for: key) }
        return result
    }

    private func keep(
        _ result: Judgement, for key: ContentDigest, isShared: Bool, since start: ContinuousClock.Instant
    ) async throws {
        metrics.count(evaluation: "new", lasting: ContinuousClock.now - start)
        if !isPreview { try await store.keepEvaluation(try CanonicalJSON.encode(result), for: key) }
        if isShared || isPreview { remember(result, for: key) }
    }

    private func remember(_ result: Judgement, for key: ContentDigest) {
        recent.withLock { recent in
            if recent.count >= Self.cacheLimit { recent.removeAll() }
            recent[key] = result
        }
    }

    /// Names of a device's inventory, the counts of its sections and the inventory before it.
    private static func names(of subject: Subject) -> [String] {
        let head = subject.head
        return [
            subject.device.id, head.inventoryRoot, subject.device.sectionCounts ?? head.report, head.formerRoot,
        ].map { $0?.description ?? "-" }
    }

    private static func names(of standards: Standards, on day: CalendarDay) -> [String] {
        [
            standards.profile?.digest.description ?? "-", standards.lists.digest.description,
            standards.lists.standing(on: day), standards.suppliers.digest?.description ?? "-",
            standards.suppliers.directory.standing(on: day), standards.uses.sorted().joined(separator: "\u{1f}"),
        ]
    }

    private static func key(_ kind: String, _ inputs: [String]) -> ContentDigest {
        .sha256(of: (["assay/" + kind, RulesRevision.current] + inputs).joined(separator: "\n").utf8)
    }
}
