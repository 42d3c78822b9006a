internal import AssayModel
internal import AssayStore

/// Turns anomalies of a device's chain of reports into findings.
enum ChainFindings {
    /// One finding for each kind of anomaly, with the latest in its words.
    static func findings(_ anomalies: [StoredAnomaly], device: ContentDigest) -> [Finding] {
        Dictionary(grouping: anomalies, by: \.anomaly.kind)
            .sorted { $0.key.rawValue < $1.key.rawValue }
            .compactMap { kind, anomalies in
                anomalies.last.map { finding(kind, $0, count: anomalies.count, device: device) }
            }
    }

    private static func finding(
        _ kind: ChainAnomaly.Kind, _ stored: StoredAnomaly, count: Int, device: ContentDigest
    ) -> Finding {
        var finding = Finding(
            rule: kind.rawValue, severity: severity(kind), title: title(kind), source: "chain of reports",
            advice: advice(kind), expected: stored.anomaly.expected, observed: stored.anomaly.observed,
            notes: ["first of these in the report \(stored.report), which arrived at \(stored.seenAt)"])
        if count > 1 {
            finding.notes = ["last of \(count) in the report \(stored.report), which arrived at \(stored.seenAt)"]
        }
        finding.identify(device: device.description, key: [])
        return finding
    }

    private static func severity(_ kind: ChainAnomaly.Kind) -> Finding.Severity {
        switch kind {
        case .sequenceReused, .bootReturned: .critical
        case .previousMismatch: .high
        case .sequenceGap: .medium
        case .clockBackwards, .clockSkew: .low
        }
    }

    private static func title(_ kind: ChainAnomaly.Kind) -> String {
        switch kind {
        case .sequenceGap: "reports are missing from the chain"
        case .previousMismatch: "the chain of reports does not continue from the last one"
        case .sequenceReused: "two different reports claim one place in the chain"
        case .bootReturned: "reports of two running systems alternate under one key"
        case .clockBackwards: "the device's clock went backwards"
        case .clockSkew: "the device's clock is ahead of the collector's"
        }
    }

    private static func advice(_ kind: ChainAnomaly.Kind) -> String {
        switch kind {
        case .sequenceGap:
            "Find out which reports were lost: the device may have been reset, or reports were withheld. "
                + "Then settle the finding."
        case .previousMismatch, .sequenceReused, .bootReturned:
            "Treat the device key as copied, or its state as restored from a backup: inspect the device, "
                + "enrol it with a new key, or settle the finding with the reason."
        case .clockBackwards, .clockSkew: "Set the device's clock; the next report with a right one settles this."
        }
    }
}
