package import AssayModel

/// Two devices show one TPM.
package struct DuplicateEndorsementKeyRule: FleetRule {
    package static let descriptor = RuleDescriptor(
        "fleet/duplicate-tpm-ek", "the TPM's endorsement key is shown by another device too", severity: .critical,
        matters: "An endorsement key is burnt into one chip; a second one breaks every trust that rests on the TPM.",
        advice: "An endorsement key never leaves its TPM: one of the devices is an emulation, a relay or a copied "
            + "machine. Inspect both, and withdraw the trust of the one that is not genuine.")
    package static let effect = FleetEffect.leavesUndecided

    /// An instance of the rule.
    package init() {}

    /// One finding for each key.
    package func findings(_ context: FleetContext) -> [Finding] {
        context.matches.compactMap { match in
            guard match.identity.kind == .endorsementKey else { return nil }
            let others = match.others.filter { $0.leftAt == nil }
            guard let first = others.first else { return nil }
            var finding = context.finding(
                Self.self, match, "the TPM's endorsement key is in device \(FleetContext.name(of: first.device)) too",
                expected: "an endorsement key of its own", notes: FleetContext.words(others, of: match))
            finding.category = .duplicateIdentity
            finding.confidence = .a
            return finding
        }
    }
}
