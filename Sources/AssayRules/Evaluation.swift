package import AssayModel

/// The whole judgement of one inventory, as agent and collector make it.
package struct Evaluation: Sendable {
    private let design: PreparedProfile?
    private let record: AsBuiltRecord?
    private let placeholders: PlaceholderList
    private let rules: [any Rule]
    private let suppliers: SupplierDirectory
    private let objectionToUses: String?
    private let leavesOutFiles: Bool

    /// Takes what sets the expectations: a profile that was prepared for all units of the model, and the record of this
    /// one; either may be absent.
    ///
    /// - Parameters:
    ///   - placeholders: texts that say nothing; those of the design where there is one.
    ///   - suppliers: what supplier graphs know, indexed with the same lists.
    ///   - uses: what the device is meant for, besides what the profile says.
    ///   - today: the day to hold dates and the age of lists against; neither is judged without it.
    ///   - leavesOutFiles: whether an operator has chosen that files are not looked at.
    ///   - muted: signals that are not asked, since stand-ins would answer them.
    package init(
        design: PreparedProfile?, record: AsBuiltRecord? = nil, placeholders: PlaceholderList = .standard,
        rules: [any Rule] = RuleCatalog.all, lists: RuleLists = .standard, suppliers: SupplierDirectory = .none,
        uses: [String] = [], today: CalendarDay? = nil, leavesOutFiles: Bool = false, muted: Set<MutedSignal> = []
    ) {
        let placeholders = design?.placeholders ?? placeholders
        self.design = design
        self.record = record
        self.placeholders = placeholders
        self.leavesOutFiles = leavesOutFiles
        self.suppliers = suppliers
        let stated = uses + (design?.profile.intendedUse ?? [])
        objectionToUses = lists.objection(to: stated)
        let use = IntendedUse(stated).known(to: lists)
        self.rules =
            rules + [
                SignalRule(lists: lists, placeholders: placeholders, today: today, muted: muted),
                RestrictedSupplierRule(lists: lists, use: use, today: today),
                RestrictedOriginRule(lists: lists, use: use, today: today),
                SupplierPaperRule(today: today),
                OutdatedListRule(lists: lists, use: use, today: today),
            ]
    }

    /// Takes a profile as it is, for one unit.
    package init(
        profile: HardwareProfile?, record: AsBuiltRecord? = nil, placeholders: PlaceholderList = .standard,
        rules: [any Rule] = RuleCatalog.all, lists: RuleLists = .standard, suppliers: SupplierDirectory = .none,
        uses: [String] = [], today: CalendarDay? = nil, leavesOutFiles: Bool = false, muted: Set<MutedSignal> = []
    ) {
        self.init(
            design: profile.map { PreparedProfile($0, placeholders: placeholders) }, record: record,
            placeholders: placeholders, rules: rules, lists: lists, suppliers: suppliers, uses: uses, today: today,
            leavesOutFiles: leavesOutFiles, muted: muted)
    }

    private var profile: HardwareProfile? { design?.profile }

    /// Judges an inventory and names the findings after its device.
    ///
    /// The parameters are those of ``judge(_:previous:files:fileChanges:)``.
    package func run(
        _ inventory: InventorySnapshot, previous: InventorySnapshot? = nil, files: FileEvaluation? = nil,
        fileChanges: RuleVerdict = .notApplicable
    ) -> VerifyResult {
        judge(inventory, previous: previous, files: files, fileChanges: fileChanges)
            .bound(to: inventory.device.findingName, with: nil)
    }

    /// Judges an inventory; the findings have local names alone, so that the judgement holds for all equal content.
    ///
    /// - Parameters:
    ///   - inventory: this report; it alone decides the verdict.
    ///   - previous: the report before it, for the rules that tell what changed.
    ///   - files: the files of this report after all were consumed; nil when there are none.
    ///   - fileChanges: what ``FileChanges`` found, when both lists were at hand.
    package func judge(
        _ inventory: InventorySnapshot, previous: InventorySnapshot? = nil, files: FileEvaluation? = nil,
        fileChanges: RuleVerdict = .notApplicable
    ) -> VerifyResult {
        let reconciled = Reconciliation(design, record: record, placeholders: placeholders).run(inventory)
        let context = RuleContext(
            inventory: inventory, profile: profile, record: record, suppliers: suppliers, outcomes: reconciled.outcomes,
            previous: previous)
        var answers = rules.map { (descriptor: type(of: $0).descriptor, verdict: $0.evaluate(context)) }
        answers += files?.verdicts ?? []
        answers.append((FileChanges.descriptor, fileChanges))
        var result = VerifyResult(verdict: .pass, outcomes: reconciled.outcomes, ignored: reconciled.ignored)
        for (descriptor, verdict) in answers { Self.enter(descriptor, verdict, into: &result) }
        result.verdict = verdict(of: result, answers)
        if result.verdict == .unverified {
            result.reasons.append("there is no profile and no as-built record to hold this device against")
        }
        if let objectionToUses { Self.leaveOpen(objectionToUses, &result) }
        if files == nil, let policy = profile?.files { enterMissingFiles(policy, into: &result) }
        return result
    }

    /// A question that nobody could ask: whoever passes without it passes by accident.
    private static func leaveOpen(_ reason: String, _ result: inout VerifyResult) {
        result.reasons.append(reason)
        if result.verdict == .pass { result.verdict = .undetermined }
    }

    /// A policy on files is no policy where no file was looked at, unless an operator wants it so.
    private func enterMissingFiles(_ policy: FilePolicy, into result: inout VerifyResult) {
        let name = profile?.citation ?? "the profile"
        if leavesOutFiles {
            result.reasons.append("files were left out as asked, and not judged by the policy of \(name)")
        } else if policy.unknown == .fail || policy.modified == .fail {
            Self.leaveOpen("no file was looked at, and \(name) has a policy on files", &result)
        }
    }

    private static func enter(_ descriptor: RuleDescriptor, _ verdict: RuleVerdict, into result: inout VerifyResult) {
        switch verdict {
        case .satisfied, .notApplicable: break
        case .violated(let findings):
            result.findings += findings
            if descriptor.id.hasPrefix("files/") { result.outcomes += findings.compactMap(outcome) }
        case .undetermined(let gaps):
            // Outcomes of the reconciliation say it themselves.
            if descriptor.id.hasPrefix("trace/") || descriptor.id.hasPrefix("boot/") { return }
            let details = Set(gaps.map { "\($0.path): \($0.detail)" }).sorted().prefix(3).joined(separator: "; ")
            result.reasons.append("cannot tell whether \(descriptor.summary): \(details)")
        }
    }

    /// A file finding in the form of the other outcomes, so that one list holds every difference.
    private static func outcome(_ finding: Finding) -> Outcome? {
        finding.outcome.map { kind in
            Outcome(
                kind, "file", at: finding.location, expected: finding.expected, observed: finding.observed,
                rule: finding.rule, source: finding.source, notes: finding.notes,
                reaction: finding.severity == .info ? .notice : nil, path: finding.path, probe: finding.probe)
        }
    }

    private func verdict(
        of result: VerifyResult, _ answers: [(descriptor: RuleDescriptor, verdict: RuleVerdict)]
    ) -> Verdict {
        guard profile != nil || record != nil else { return .unverified }
        if result.outcomes.contains(where: \.fails) { return .fail }
        let deciding = answers.filter(\.descriptor.decides).map(\.verdict)
        for case .violated(let findings) in deciding
        where findings.contains(where: { $0.severity > .info && $0.isDecisive }) {
            return .fail
        }
        if result.outcomes.contains(where: { $0.kind == .notVerifiable }) { return .undetermined }
        for case .undetermined in deciding { return .undetermined }
        return .pass
    }
}
