package import AssayModel

/// One device key is in use at two places.
package struct ClonedDeviceKeyRule: FleetRule {
    package static let descriptor = RuleDescriptor(
        "fleet/cloned-device-key", "one device key is in use at two places", severity: .critical,
        matters:
            "Whoever holds a copy of the key can report in the device's name, and hide what happens to the "
            + "real one.",
        advice:
            "Take the device out of use: its key was copied, together with the machine or out of it. Enrol it again "
            + "with a new key, kept in the TPM where there is one, and revoke this one.")
    package static let effect = FleetEffect.fails

    /// Anomalies of which any two together, each for itself also the trace of a restored backup, tell of two places.
    static let signs: Set<String> = ["chain/sequence-reused", "chain/previous-mismatch"]
    /// The anomaly that no single machine can cause.
    static let proof = "chain/boot-id-returned"

    /// An instance of the rule.
    package init() {}

    /// One finding, with the anomalies that it rests on.
    package func findings(_ context: FleetContext) -> [Finding] {
        let ids = Set(context.chain.map(\.id))
        let isProven = ids.contains(Self.proof)
        guard isProven || ids.isSuperset(of: Self.signs) else { return [] }
        let grounds = context.chain.filter { Self.signs.contains($0.id) || $0.id == Self.proof }
        var finding = Finding(
            rule: Self.descriptor.id, severity: Self.descriptor.severity, title: Self.descriptor.summary,
            source: "chain of reports", advice: Self.descriptor.advice,
            expected: "reports of one machine, one after another",
            observed: grounds.map(\.id).joined(separator: ", "), notes: grounds.map { "\($0.id): \($0.words)" })
        finding.category = .duplicateIdentity
        // The verdict needs no more: each of the anomalies fails the device by itself.
        finding.confidence = isProven ? .a : .b
        finding.identify(device: context.device, key: [])
        return [finding]
    }
}
