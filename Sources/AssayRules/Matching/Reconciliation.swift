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

    private let profile: HardwareProfile?
    private let record: AsBuiltRecord?
    private let placeholders: PlaceholderList

    /// Takes the records that set the expectations; either may be absent.
    package init(
        profile: HardwareProfile?, record: AsBuiltRecord? = nil, placeholders: PlaceholderList = .standard
    ) {
        self.profile = profile
        self.record = record
        self.placeholders = placeholders
    }

    /// Whether there is anything to hold a device against.
    package var hasExpectations: Bool { profile != nil || record != nil }

    /// Compares everything.
    package func run(_ inventory: InventorySnapshot) -> Result {
        var result = Result(outcomes: [], ignored: [:])
        guard hasExpectations else { return result }
        let builder = ExpectationBuilder(profile: profile, record: record, placeholders: placeholders)
        let expectations = builder.build()
        let gaps = GapCoverage(inventory, expectsGuest: expectations.contains { $0.access == .virtual })
        let parts = (inventory.components + inventory.firmware).filter(\.isPresent)
        let foundByClass = Dictionary(grouping: parts, by: \.componentClass)
        var expectedByClass = Dictionary(grouping: expectations, by: \.componentClass)
        if let firmware = expectedByClass[.firmware] {
            let (own, onParts) = split(firmware, parts)
            expectedByClass[.firmware] = own
            result.outcomes += onParts.map { judge($0.0, variant: 0, $0.1, gaps) }
        }
        for componentClass in Set(foundByClass.keys).union(expectedByClass.keys).sorted() {
            reconcile(
                componentClass, expectedByClass[componentClass] ?? [], foundByClass[componentClass] ?? [], builder,
                gaps,
                into: &result)
        }
        let duplicates = DuplicateSerials(placeholders: placeholders, profile: profile, record: record)
        result.outcomes += duplicates.outcomes(inventory.components)
        let identified = result.outcomes.contains { $0.kind == .matched && record != nil && Self.namesSerial($0) }
        result.outcomes += UnitCheck(profile: profile, record: record, placeholders: placeholders)
            .outcomes(inventory, isIdentifiedByParts: identified)
        if let profile { result.outcomes += BootCheck(profile: profile).outcomes(inventory) }
        result.outcomes.sort(by: Self.precedes)
        return result
    }

    /// Whether a matched part had a serial to match.
    private static func namesSerial(_ outcome: Outcome) -> Bool {
        outcome.expected?.contains(" serial ") == true && !outcome.notes.contains { $0.contains("not attestable") }
    }

    /// Differences first, then what cannot be told, then the rest; each by class and place.
    private static func precedes(_ left: Outcome, _ right: Outcome) -> Bool {
        func rank(_ outcome: Outcome) -> Int { outcome.fails ? 0 : outcome.kind == .notVerifiable ? 1 : 2 }
        if rank(left) != rank(right) { return rank(left) < rank(right) }
        return (left.componentClass, left.location ?? "", left.kind.rawValue, left.expected ?? "", left.observed ?? "")
            < (
                right.componentClass, right.location ?? "", right.kind.rawValue, right.expected ?? "",
                right.observed ?? ""
            )
    }
}

extension Reconciliation {
    private func reconcile(
        _ componentClass: ComponentClass, _ expected: [Expectation], _ components: [Component],
        _ builder: ExpectationBuilder, _ gaps: GapCoverage, into result: inout Result
    ) {
        let names = expected.reduce(into: Set<String>()) { $0.formUnion($1.fieldNames) }
        let found = components.map { FoundPart($0, fields: names, placeholders: placeholders) }
        let match = ClassMatcher(placeholders: placeholders).match(expected, found)
        for pair in match.pairs {
            result.outcomes.append(judge(expected[pair.row], variant: pair.variant, found[pair.column], gaps))
        }
        let unclaimed = match.unmatchedColumns.map { components[$0] }
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
        let rule = profile?.policy(for: found.component.componentClass).rule(for: "location") ?? .notice
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
        _ firmware: [Expectation], _ parts: [Component]
    ) -> (own: [Expectation], onParts: [(Expectation, FoundPart)]) {
        var own: [Expectation] = []
        var onParts: [(Expectation, FoundPart)] = []
        for expectation in firmware {
            let fitting = parts.filter { expectation.slot?.matches($0.location) == true }
            if fitting.isEmpty || fitting.contains(where: { $0.componentClass == .firmware }) {
                own.append(expectation)
                continue
            }
            for part in fitting where part.firmwareVersion != nil || fitting.count == 1 {
                let found = FoundPart(part, fields: expectation.fieldNames, placeholders: placeholders)
                onParts.append((expectation, found))
            }
        }
        return (own, onParts)
    }
}
