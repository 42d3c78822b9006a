internal import AssayModel

/// The unit, or a part of it, was made where a list does not allow it for what the device is and is meant for.
package struct RestrictedOriginRule: Rule {
    /// What the rule is.
    package static let descriptor = RuleDescriptor(
        "supplier/origin", "the unit or a part was made where a list does not allow it", severity: .high,
        matters: "Use or sale of parts from a listed country can be unlawful, whatever their quality.",
        advice: "Show the finding to whoever answers for compliance. If the record is wrong, import the right one; "
            + "where the unit was made stands in the record of its system, or with the factory in a supplier graph.")
    /// Most places that one finding names.
    private static let placeLimit = 8

    private let lists: RuleLists
    private let use: IntendedUse
    private let today: CalendarDay?

    /// Asks of devices that are meant for `use`, which names their kind too, where they were made.
    package init(lists: RuleLists, use: IntendedUse, today: CalendarDay?) {
        self.lists = lists
        self.use = use
        self.today = today
    }

    /// One finding for each entry; an entry about a kind of product is asked only of devices that are said to be one.
    package func evaluate(_ context: RuleContext) -> RuleVerdict {
        let statements = OriginStatements(context.record, context.suppliers)
        var findings: [Finding] = []
        var gaps: [Gap] = []
        var isAsked = false
        for list in lists.restrictions {
            for entry in list.entries {
                guard let origin = entry.origin, use.meets(list.uses(of: entry)),
                    entry.products.map(use.meets) ?? true
                else { continue }
                isAsked = true
                let stated = statements.unit + (origin.includesParts ? statements.parts : [])
                let seen = stated.filter { origin.means($0.country) == true }
                if let finding = finding(list, entry, seen, context) {
                    findings.append(finding)
                } else if let gap = gap(entry, origin, statements.unit, context) {
                    gaps.append(gap)
                }
            }
        }
        if !findings.isEmpty { return .violated(findings) }
        if !gaps.isEmpty { return .undetermined(gaps) }
        return isAsked ? .satisfied : .notApplicable
    }

    private func finding(
        _ list: RestrictionList, _ entry: RestrictionList.Entry, _ seen: [OriginStatements.Statement],
        _ context: RuleContext
    ) -> Finding? {
        let sorted = seen.sorted { ($1.confidence, $0.place) < ($0.confidence, $1.place) }
        guard let best = sorted.first else { return nil }
        let day = today ?? list.date
        let confidence = entry.needsCounsel ? .c : best.confidence
        var finding = Finding(
            rule: Self.descriptor.id, severity: list.severity(of: entry, confidence, for: use, on: day),
            title: "\(best.place) was made in \(best.country): \(entry.name), on \(list.title) since "
                + "\(list.since(of: entry))", source: list.source, advice: Self.descriptor.advice,
            componentClass: best.componentClass, location: best.location, observed: best.basis,
            notes: [entry.note].compactMap(\.self)
                + sorted.dropFirst().prefix(Self.placeLimit - 1).map { "also \($0.place): \($0.basis)" })
        finding.confidence = confidence
        finding.category = .restrictedSupplier
        finding.basis = best.basis
        finding.more = sorted.count > Self.placeLimit ? sorted.count - Self.placeLimit : nil
        finding.restriction = list.citation(of: entry, on: day, needsCounsel: entry.needsCounsel)
        finding.identify(key: [list.id, entry.name])
        return finding
    }

    /// What is missing where nothing usable says where the unit was made.
    private func gap(
        _ entry: RestrictionList.Entry, _ origin: RestrictionList.Origin, _ unit: [OriginStatements.Statement],
        _ context: RuleContext
    ) -> Gap? {
        if unit.contains(where: { origin.means($0.country) == false }) { return nil }
        let detail =
            unit.first.map { "\($0.country) is no country code of ISO 3166-1" }
            ?? "nothing says where the unit was made, which \(entry.name) depends on"
        return Gap(
            probe: Self.descriptor.id, path: context.record?.citation ?? "as-built record",
            kind: unit.isEmpty ? .absent : .malformed, detail: detail)
    }
}
