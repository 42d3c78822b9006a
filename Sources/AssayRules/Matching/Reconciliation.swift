package import AssayModel

/// Holds an inventory against a profile and an as-built record: two-way, counted, every part used once.
package struct Reconciliation: Sendable {
    /// What came out.
    package struct Result: Sendable, Hashable {
        /// One outcome for every expected and every found part, differences first.
        package var outcomes: [Outcome]
        /// Parts that a policy leaves out, counted by class.
        package var ignored: [String: Int]
    }

    private let design: PreparedProfile?
    private let record: AsBuiltRecord?
    private let placeholders: PlaceholderList

    private var profile: HardwareProfile? { design?.profile }

    /// Takes the records that set the expectations; either may be absent.
    package init(
        profile: HardwareProfile?, record: AsBuiltRecord? = nil, placeholders: PlaceholderList = .standard
    ) {
        self.init(
            profile.map { PreparedProfile($0, placeholders: placeholders) }, record: record, placeholders: placeholders)
    }

    /// Takes a profile that was prepared for all units of the model with the same `placeholders`.
    init(_ design: PreparedProfile?, record: AsBuiltRecord?, placeholders: PlaceholderList) {
        self.design = design
        self.record = record
        self.placeholders = placeholders
    }

    /// Whether there is anything to hold a device against.
    package var hasExpectations: Bool { design != nil || record != nil }

    /// Compares everything.
    package func run(_ inventory: InventorySnapshot) -> Result {
        var result = Result(outcomes: [], ignored: [:])
        guard hasExpectations else { return result }
        let builder = ExpectationBuilder(design: design, record: record, placeholders: placeholders)
        var expected = builder.build()
        let expectsGuest = expected.values.contains { $0.contains { $0.access == .virtual } }
        let gaps = GapCoverage(inventory, expectsGuest: expectsGuest)
        let components = inventory.components.map { FoundPart($0, placeholders: placeholders) }
        let parts = (components + inventory.firmware.map { FoundPart($0, placeholders: placeholders) })
            .filter(\.component.isPresent)
        let found = Dictionary(grouping: parts, by: \.component.componentClass)
        if let firmware = expected[.firmware] {
            let (own, onParts) = split(firmware, parts)
            expected[.firmware] = own
            result.outcomes += onParts.map { judge($0.0, variant: 0, $0.1, gaps) }
        }
        for componentClass in Set(found.keys).union(expected.keys).sorted() {
            reconcile(
                componentClass, expected[componentClass] ?? [], found[componentClass] ?? [], builder, gaps,
                into: &result)
        }
        result.outcomes += DuplicateSerials(profile: profile, record: record).outcomes(components)
        let identified = result.outcomes.contains { $0.kind == .matched && record != nil && Self.namesSerial($0) }
        result.outcomes += UnitCheck(profile: profile, record: record, placeholders: placeholders)
            .outcomes(inventory, isIdentifiedByParts: identified)
        if let profile { result.outcomes += BootCheck(profile: profile).outcomes(inventory) }
        result.outcomes = OutcomeOrder.sorted(result.outcomes)
        return result
    }

    /// Whether a matched part had a serial to match.
    private static func namesSerial(_ outcome: Outcome) -> Bool {
        outcome.expected?.contains(" serial ") == true && !outcome.notes.contains { $0.contains("not attestable") }
    }
}

extension Reconciliation {
    private func reconcile(
        _ componentClass: ComponentClass, _ expected: [Expectation], _ found: [FoundPart],
        _ builder: ExpectationBuilder, _ gaps: GapCoverage, into result: inout Result
    ) {
        let match = ClassMatcher(placeholders: placeholders).match(expected, found)
        for pair in match.pairs {
            result.outcomes.append(judge(expected[pair.row], variant: pair.variant, found[pair.column], gaps))
        }
        let unclaimed = match.unmatchedColumns.map { found[$0].component }
        for row in match.unmatchedRows where !expected[row].optional {
            if let outcome = missing(expected[row], unclaimed: unclaimed, gaps) { result.outcomes.append(outcome) }
        }
        for component in unclaimed {
            if let outcome = unexpected(component, builder) {
                result.outcomes.append(outcome)
            } else {
                result.ignored[componentClass.rawValue, default: 0] += 1
            }
        }
    }

    private func judge(_ expectation: Expectation, variant: Int, _ found: FoundPart, _ gaps: GapCoverage) -> Outcome {
        let rule = design?.rules[found.component.componentClass].rule(for: .location) ?? .notice
        return PairJudge(placeholders: placeholders, gaps: gaps, locationRule: rule)
            .judge(expectation, variant: variant, found)
    }

    private func missing(_ expectation: Expectation, unclaimed: [Component], _ gaps: GapCoverage) -> Outcome? {
        let reaction = profile?.policy(for: expectation.componentClass).missing ?? .fail
        if reaction == .ignore { return nil }
        var outcome = Outcome(
            .missing, expectation.componentClass, at: expectation.slot?.text, expected: expectation.summary,
            rule: RuleID.missingComponent, source: expectation.source, notes: expectation.notes,
            reaction: reaction == .notice ? .notice : nil)
        if gaps.isEmptySocket(expectation) { outcome.notes.append("the socket is empty") }
        guard let hidden = gaps.hidden(expectation, unclaimed: unclaimed) else { return outcome }
        outcome.kind = .notVerifiable
        outcome.rule = RuleID.notVerifiable
        outcome.notes.append(hidden.reason)
        outcome.path = hidden.path
        outcome.probe = hidden.probe
        return outcome
    }

    private func unexpected(_ component: Component, _ builder: ExpectationBuilder) -> Outcome? {
        let componentClass = component.componentClass
        let reaction = builder.reactionToUnexpected(componentClass)
        // A further view of a part that is compared is no surplus.
        if reaction == .ignore || component.viewOf != nil { return nil }
        let covering = record.flatMap { builder.recordCovers(componentClass) ? $0.citation : nil }
        let sources = [covering, profile?.citation].compactMap(\.self)
        var notes: [String] = []
        if let record, sources.isEmpty {
            notes.append("\(record.citation) does not say which \(componentClass.rawValue) parts there are")
        }
        return Outcome(
            .unexpected, componentClass, at: component.location, observed: component.summary,
            rule: RuleID.unexpectedComponent,
            source: sources.isEmpty ? record?.citation ?? "" : sources.joined(separator: "; "), notes: notes,
            reaction: reaction == .notice ? .notice : nil, path: component.evidence.path,
            probe: component.evidence.probe)
    }

    /// Firmware lines that name the place of a part, not of an image, check the part's own firmware and use nothing up.
    private func split(
        _ firmware: [Expectation], _ parts: [FoundPart]
    ) -> (own: [Expectation], onParts: [(Expectation, FoundPart)]) {
        var own: [Expectation] = []
        var onParts: [(Expectation, FoundPart)] = []
        for expectation in firmware {
            let fitting = parts.filter { expectation.slot?.matches($0.component.location) == true }
            if fitting.isEmpty || fitting.contains(where: { $0.component.componentClass == .firmware }) {
                own.append(expectation)
                continue
            }
            for part in fitting where part.component.firmwareVersion != nil || fitting.count == 1 {
                onParts.append((expectation, part))
            }
        }
        return (own, onParts)
    }
}
