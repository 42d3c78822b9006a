internal import AssayModel

/// A rule that is violated by outcomes of the reconciliation that carry its id.
protocol OutcomeRule: Rule {
    /// One line for a person.
    func title(for outcome: Outcome) -> String

    /// Whether an outcome that is not verifiable leaves this rule's question open.
    func isOpened(by outcome: Outcome) -> Bool
}

extension OutcomeRule {
    package func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard context.profile != nil || context.record != nil else { return .notApplicable }
        let id = Self.descriptor.id
        var counts: [[String]: Int] = [:]
        let findings = context.outcomes.filter { $0.rule == id && isViolation($0) }.map { outcome in
            let key = Self.key(outcome, context)
            counts[key, default: 0] += 1
            return finding(outcome, key: key, count: counts[key] ?? 1, context)
        }
        if !findings.isEmpty { return .violated(findings) }
        let open = context.outcomes.filter { $0.kind == .notVerifiable && isOpened(by: $0) }
        if open.isEmpty { return .satisfied }
        return .undetermined(
            open.map { outcome in
                Gap(
                    probe: outcome.probe ?? "", path: outcome.path ?? outcome.location ?? "", kind: .unsupported,
                    detail: (outcome.notes + outcome.fields.compactMap(\.note)).joined(separator: "; "))
            })
    }

    func isOpened(by outcome: Outcome) -> Bool { false }

    private func isViolation(_ outcome: Outcome) -> Bool {
        outcome.kind != .matched && outcome.kind != .matchedAlternate
    }

    private func finding(_ outcome: Outcome, key: [String], count: Int, _ context: RuleContext) -> Finding {
        let descriptor = Self.descriptor
        var finding = Finding(
            rule: descriptor.id, severity: outcome.reaction == .notice ? .info : descriptor.severity,
            title: title(for: outcome), source: outcome.source, advice: descriptor.advice,
            componentClass: outcome.componentClass, location: outcome.location, expected: outcome.expected,
            observed: outcome.observed, fields: outcome.fields, path: outcome.path, probe: outcome.probe,
            notes: outcome.notes)
        finding.outcome = outcome.kind
        let serial = Self.component(of: outcome, context)?.serial
        finding.identify(
            key: key, instance: [serial ?? ""] + (count > 1 ? ["#\(count)"] : []))
        return finding
    }

    /// Place, kind, identity and differing fields: neither serials nor firmware versions, which vary over units and
    /// time.
    private static func key(_ outcome: Outcome, _ context: RuleContext) -> [String] {
        let part = component(of: outcome, context)
        let identity = [part?.manufacturer, part?.model, part?.partNumber, part?.ids["vendor"], part?.ids["device"]]
        return [outcome.kind.rawValue, outcome.componentClass.rawValue, outcome.location ?? ""]
            + identity.map { $0 ?? "" } + outcome.fields.map(\.name).sorted()
            + (part == nil ? [outcome.expected ?? ""] : [])
    }

    private static func component(of outcome: Outcome, _ context: RuleContext) -> Component? {
        guard outcome.observed != nil else { return nil }
        func fits(_ part: Component) -> Bool {
            part.location == outcome.location && part.evidence.path == outcome.path
                && part.evidence.probe == outcome.probe
        }
        return context.inventory.components.first(where: fits) ?? context.inventory.firmware.first(where: fits)
    }
}

extension Outcome {
    /// Class and place in words.
    var whereabouts: String {
        location.map { "\(componentClass.rawValue) at \($0)" } ?? componentClass.rawValue
    }
}
