internal import AssayModel

/// A supplier has not handed in a paper that the profile asks for, or the paper has expired.
package struct SupplierPaperRule: Rule {
    /// What the rule is.
    package static let descriptor = RuleDescriptor(
        "supplier/paper", "a supplier lacks a paper that the profile asks for, or it has expired", severity: .medium,
        decides: false,
        matters: "Where the papers about a supplier do not agree, nobody knows where its parts come from.",
        advice: "Ask the supplier for the paper, enter it in the supplier graph and import that: "
            + "assay-collector suppliers import FILE.")

    private let today: CalendarDay?

    /// Holds papers against `today`; whether one has expired is not asked without it.
    package init(today: CalendarDay?) { self.today = today }

    /// One finding for each supplier of the record and each kind of paper that is not in order.
    package func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard let profile = context.profile, let kinds = profile.supplierPapers, !kinds.isEmpty,
            let record = context.record
        else { return .notApplicable }
        let suppliers = Dictionary(
            grouping: record.components.compactMap { part in part.supplier.map { (name: $0, part: part) } },
            by: { FieldText.foldWords($0.name) })
        guard !context.suppliers.isEmpty || suppliers.isEmpty else {
            return .undetermined([
                Gap(
                    probe: Self.descriptor.id, path: profile.citation, kind: .absent,
                    detail: "there is no supplier graph, which would know of papers")
            ])
        }
        var findings: [Finding] = []
        for (_, parts) in suppliers.sorted(by: { $0.key < $1.key }) {
            guard let name = parts.first?.name else { continue }
            for kind in kinds {
                guard let fault = fault(kind, of: name, context.suppliers, builtAt: record.builtAt) else { continue }
                findings.append(finding(kind, name, fault, parts.map(\.part), profile, context))
            }
        }
        return findings.isEmpty ? .satisfied : .violated(findings)
    }

    /// What is wrong with a supplier's papers of one kind.
    private struct Fault {
        let words: String
        var notes: [String] = []
    }

    private func fault(
        _ kind: String, of name: String, _ directory: SupplierDirectory, builtAt: String?
    ) -> Fault? {
        let companies = directory.companies(named: name)
        if companies.isEmpty { return Fault(words: "stands in no supplier graph, so that no \(kind) is known") }
        let wanted = FieldText.foldWords(kind)
        let papers = companies.flatMap { directory.supplier($0).documents }
            .filter { FieldText.foldWords($0.kind) == wanted }
        guard !papers.isEmpty else { return Fault(words: "has handed in no \(kind)") }
        guard let now = today?.recordMoment, papers.allSatisfy({ $0.isExpired(at: now) }) else { return nil }
        let ends = papers.compactMap { paper in paper.holdsUntil.map { (paper: paper, until: $0) } }
        guard let last = ends.max(by: { $0.until < $1.until }) else { return nil }
        var fault = Fault(
            words: "has no \(kind) that holds: \(last.paper.id) expired on \(last.paper.expires ?? "")")
        if let built = builtAt.flatMap({ RecordMoment($0) }) {
            fault.notes.append(
                built <= last.until ? "it held when the unit was built" : "it had expired when the unit was built")
        }
        return fault
    }

    private func finding(
        _ kind: String, _ name: String, _ fault: Fault, _ parts: [BuiltComponent], _ profile: HardwareProfile,
        _ context: RuleContext
    ) -> Finding {
        let places = parts.map { [$0.componentClass.rawValue, $0.location ?? $0.designator].compactMap(\.self) }
            .map { $0.joined(separator: " ") }
        var finding = Finding(
            rule: Self.descriptor.id, severity: Self.descriptor.severity, title: "\(name) \(fault.words)",
            source: profile.citation, advice: Self.descriptor.advice, expected: kind, observed: fault.words,
            notes: fault.notes + ["parts of it: " + places.prefix(8).joined(separator: ", ")])
        finding.more = places.count > 8 ? places.count - 8 : nil
        finding.identify(
            key: [FieldText.foldWords(name), FieldText.foldWords(kind)])
        return finding
    }
}
