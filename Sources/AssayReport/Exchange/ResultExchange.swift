package import AssayModel

/// Answer `200` of `POST /v1/results`: the result is durable, and the agent can let it go.
package struct ResultAcknowledgement: Sendable, Hashable, Codable {
    /// Digest of the result.
    package var result: ContentDigest

    /// Acknowledges a result.
    package init(result: ContentDigest) { self.result = result }
}

/// Answer of `GET /v1/device/findings`: what only a collector can know of a device, for `verify --collector`.
package struct FleetView: Sendable, Hashable, Codable {
    /// Beginnings of the ids of rules that look beyond one report of one device.
    package static let rules = ["fleet/", "trace/moved", "chain/"]
    /// Most findings in an answer.
    package static let limit = 200

    /// The report that was evaluated last; nil before the first.
    package var report: ContentDigest?
    /// When that report was evaluated; nil before the first.
    package var evaluatedAt: Timestamp?
    /// The unit as it named itself in that report.
    package var unit: VerificationStatement.Unit
    /// What these findings make of a unit that passes by itself: `pass`, `undetermined` or `fail`.
    package var verdict: Verdict
    /// Open findings of these rules, the gravest first.
    package var findings: [Finding]

    /// Describes what is known.
    package init(
        report: ContentDigest?, evaluatedAt: Timestamp?, unit: VerificationStatement.Unit, verdict: Verdict,
        findings: [Finding]
    ) {
        self.report = report
        self.evaluatedAt = evaluatedAt
        self.unit = unit
        self.verdict = verdict
        self.findings = findings
    }
}
