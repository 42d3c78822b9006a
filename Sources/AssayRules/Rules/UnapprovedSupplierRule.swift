internal import AssayModel

/// A part came from somebody whom the profile does not list as approved.
struct UnapprovedSupplierRule: Rule {
    static let descriptor = RuleDescriptor(
        RuleID.unapprovedSupplier, "a part came from a supplier whom the profile does not approve", severity: .high,
        matters: "Parts from outside the approved sources are those among which counterfeits and grey goods are found.",
        advice: "Ask purchasing where the part came from. Approve the supplier in the profile, or replace the part.")

    func evaluate(_ context: RuleContext) -> RuleVerdict {
        guard let profile = context.profile, let record = context.record, let approved = profile.approvedSuppliers
        else {
            return .notApplicable
        }
        let approval = SupplierApproval(approved, context.suppliers)
        var findings: [Finding] = []
        for (index, part) in record.components.enumerated() {
            guard let supplier = part.supplier else { continue }
            guard !approval.covers(supplier) else { continue }
            let place = part.location ?? part.designator
            var finding = Finding(
                rule: Self.descriptor.id, severity: Self.descriptor.severity,
                title: "\(place ?? part.componentClass.rawValue) came from \(supplier), who is not approved",
                source: part.statedBy ?? "\(record.citation) component #\(index + 1)", advice: Self.descriptor.advice,
                componentClass: part.componentClass, location: place, expected: approved.joined(separator: " or "),
                observed: supplier,
                notes: ["the list is that of \(profile.citation)", "the part is \(part.summary)"]
                    + approval.notes(on: supplier))
            finding.identify(
                key: [FieldText.foldWords(supplier), part.componentClass.rawValue],
                instance: [part.part.serial ?? "", place ?? "#\(index + 1)"])
            findings.append(finding)
        }
        return findings.isEmpty ? .satisfied : .violated(findings)
    }
}
