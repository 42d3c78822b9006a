internal import AssayModel

/// Says how an expected part and the part that was paired with it came out.
struct PairJudge {
    let placeholders: PlaceholderList
    let gaps: GapCoverage
    /// How a difference in the place counts.
    let locationRule: FieldRule

    /// Compares the pair with one variant of the expectation.
    func judge(_ expectation: Expectation, variant: Int, _ found: FoundPart) -> Outcome {
        var ledger = Ledger()
        let chosen = expectation.variants[variant]
        for field in expectation.recorded { enter(field, found, in: &ledger) }
        for field in chosen.fields { enter(field, found, in: &ledger) }
        enterLocation(expectation, found, in: &ledger)
        let access = found.component.evidence.access
        if access.weakness > expectation.access.weakness {
            ledger.doubts.append(
                FieldDifference(
                    name: "access", expected: expectation.access.rawValue, observed: access.rawValue,
                    note: "what answers on this path is not the part itself"))
        }
        if let alternate = chosen.alternate { ledger.notes.append("approved alternate: \(alternate)") }
        return outcome(expectation, isAlternate: chosen.alternate != nil, found.component, ledger)
    }

    /// What the comparison of the fields has shown so far.
    private struct Ledger {
        var differences: [FieldDifference] = []
        var doubts: [FieldDifference] = []
        var notes: [String] = []
        var sources: [String] = []
    }

    private func enter(_ field: ExpectedField, _ found: FoundPart, in ledger: inout Ledger) {
        func difference(_ note: String?) -> FieldDifference {
            FieldDifference(
                name: field.name.description, expected: field.expectation, observed: observed(field, found), note: note)
        }
        switch field.agreement(with: found, placeholders: placeholders) {
        case .equal(let note?), .unconstrained(let note?): ledger.notes.append("\(field.name): \(note.text)")
        case .equal(nil), .unconstrained(nil): break
        case .noticed:
            ledger.notes.append(
                "\(field.name): expected \(field.expectation), found \(observed(field, found) ?? "nothing")")
        case .differs(let note):
            ledger.differences.append(difference(note?.text))
            ledger.sources.append(field.source)
        case .unreadable(let note):
            let reason = gaps.reason(of: found.component).map { "\(note.text); \($0)" }
            ledger.doubts.append(difference(reason ?? note.text))
            ledger.sources.append(field.source)
        }
    }

    private func observed(_ field: ExpectedField, _ found: FoundPart) -> String? {
        if field.name != .anyDigest { return found.value(of: field.name) }
        let digests = found.digests.sorted()
        return digests.isEmpty ? nil : digests.joined(separator: ", ")
    }

    private func enterLocation(_ expectation: Expectation, _ found: FoundPart, in ledger: inout Ledger) {
        guard let slot = expectation.slot, let location = found.location, !slot.matches(location) else { return }
        switch locationRule {
        case .ignore: break
        case .notice, .minimum: ledger.notes.append("location: expected \(slot.text), found at \(location)")
        case .exact:
            ledger.differences.append(FieldDifference(name: "location", expected: slot.text, observed: location))
        }
    }

    private func outcome(
        _ expectation: Expectation, isAlternate: Bool, _ component: Component, _ ledger: Ledger
    ) -> Outcome {
        let kind: Outcome.Kind =
            if !ledger.differences.isEmpty {
                .mismatched
            } else if !ledger.doubts.isEmpty {
                .notVerifiable
            } else {
                isAlternate ? .matchedAlternate : .matched
            }
        return Outcome(
            kind, expectation.componentClass, at: component.location, expected: expectation.summary,
            observed: component.summary, fields: ledger.differences + ledger.doubts,
            rule: Self.rule(kind, ledger.differences), source: source(expectation, ledger),
            notes: expectation.notes + ledger.notes, path: component.evidence.path, probe: component.evidence.probe)
    }

    /// The records whose statements decided; the whole expectation's where none did.
    private func source(_ expectation: Expectation, _ ledger: Ledger) -> String {
        var sources: [String] = []
        for source in ledger.sources where !sources.contains(source) { sources.append(source) }
        return sources.isEmpty ? expectation.source : sources.joined(separator: "; ")
    }

    private static let firmwareFields = [FieldName.firmwareVersion, .anyDigest].map(\.description)

    private static func rule(_ kind: Outcome.Kind, _ differences: [FieldDifference]) -> String {
        if kind == .notVerifiable { return RuleID.notVerifiable }
        let isFirmware = !differences.isEmpty && differences.allSatisfy { firmwareFields.contains($0.name) }
        return isFirmware ? RuleID.firmwareOutOfRange : RuleID.mismatchedComponent
    }
}
