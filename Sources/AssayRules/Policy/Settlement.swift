package import AssayModel

/// What remains of a judgement once policy and waivers have had their say.
///
/// Nothing is dropped: what is set aside stays in the list, and a verdict that owes itself to that says so.
package struct Settlement: Sendable {
    /// Every finding, with the severity that counts here.
    package private(set) var findings: [Finding]
    /// Ids of findings that a policy made into notes.
    package private(set) var notes: Set<String> = []
    /// Ids of findings that a waiver holds for, and the waivers.
    package private(set) var waived: [String: String] = [:]
    /// The verdict.
    package private(set) var verdict: Verdict
    /// Whether the verdict would be worse without what was set aside.
    package private(set) var isConditional = false

    /// Settles a judgement.
    ///
    /// - Parameters:
    ///   - result: what the rules over one inventory gave.
    ///   - chain: findings about the chain of reports.
    ///   - fleet: findings about the fleet.
    ///   - policy: the policy of the device's group.
    ///   - waivers: ids of the waivers that hold for the device, by cause.
    package init(
        _ result: VerifyResult, chain: [Finding], fleet: [Finding], policy: DevicePolicy?, waivers: [String: String]
    ) {
        findings = result.findings + chain + fleet
        verdict = .unverified
        for index in findings.indices {
            if let policy { apply(policy, to: index) }
            if let waiver = waivers[findings[index].cause], !findings[index].cause.isEmpty {
                waived[findings[index].id] = waiver
            }
        }
        let all = Self.verdict(result, chain: chain, fleet: fleet, settingAside: [])
        let aside = notes.union(waived.keys)
        verdict = Self.verdict(result, chain: chain, fleet: fleet, settingAside: aside)
        isConditional = verdict != all
    }

    private mutating func apply(_ policy: DevicePolicy, to index: Int) {
        let rule = findings[index].rule
        if let ignored = policy.ignored.first(where: { $0.rule == rule }) {
            findings[index].notes.append("left out by policy \(policy.id): \(ignored.reason)")
            findings[index].severity = .info
            notes.insert(findings[index].id)
        } else if let severity = policy.severities[rule], severity != findings[index].severity {
            findings[index].notes.append(
                "\(severity.rawValue) by policy \(policy.id), \(findings[index].severity.rawValue) by the rule")
            findings[index].severity = severity
            if severity == .info { notes.insert(findings[index].id) }
        }
    }

    private static func verdict(
        _ result: VerifyResult, chain: [Finding], fleet: [Finding], settingAside aside: Set<String>
    ) -> Verdict {
        result.verdict(settingAside: aside).weighed(with: (chain + fleet).filter { !aside.contains($0.id) })
    }
}

extension VerifyResult {
    /// The verdict that would stand were it not for some findings, by their ids.
    package func verdict(settingAside aside: Set<String>) -> Verdict {
        let setAside = findings.filter { aside.contains($0.id) }
        guard !setAside.isEmpty, verdict == .fail || verdict == .undetermined else { return verdict }
        let places = Set(setAside.map { Place(rule: $0.rule, location: $0.location, path: $0.path, probe: $0.probe) })
        let remaining = outcomes.filter {
            !places.contains(Place(rule: $0.rule, location: $0.location, path: $0.path, probe: $0.probe))
        }
        let kept = findings.filter { !aside.contains($0.id) && $0.severity > .info && $0.isDecisive }
        let deciding = kept.filter { RuleCatalog.descriptor($0.rule)?.decides ?? false }
        if remaining.contains(where: \.fails) || (verdict == .fail && !deciding.isEmpty) { return .fail }
        // What is no rule's business, as a damaged report, leaves the question open.
        let open = kept.contains { RuleCatalog.descriptor($0.rule) == nil && $0.severity >= .high }
        if open || !reasons.isEmpty || remaining.contains(where: { $0.kind == .notVerifiable }) { return .undetermined }
        return .pass
    }

    private struct Place: Hashable {
        let rule: String
        let location: String?
        let path: String?
        let probe: String?
    }
}
