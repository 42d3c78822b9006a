package import AssayModel

/// Number of findings of a report by severity.
package struct FindingCounts: Sendable, Hashable, Codable {
    /// Findings that mean a counterfeit or a manipulated device.
    package var critical: Int
    /// Findings that need a person soon.
    package var high: Int
    /// Findings that need a person.
    package var medium: Int
    /// Findings to know of.
    package var low: Int

    /// Counts of each severity.
    package init(critical: Int = 0, high: Int = 0, medium: Int = 0, low: Int = 0) {
        self.critical = critical
        self.high = high
        self.medium = medium
        self.low = low
    }
}

extension FindingCounts {
    /// Counts one finding of `severity`; what is informational is not counted.
    package mutating func add(severity: String) {
        switch severity {
        case "critical": critical += 1
        case "high": high += 1
        case "medium": medium += 1
        case "low": low += 1
        default: break
        }
    }
}

/// The verdict over a device's report, as the routes of devices name it.
package enum DeviceVerdict: String, Sendable, Hashable, Codable, CaseIterable {
    case pass, fail, undetermined, unverified, pending
    /// Would be a pass, were it not for what somebody answers for until a day, or a policy leaves out.
    case passWithWaivers = "pass-with-waivers"
}

/// Answer `200` of `POST /v1/reports` and `POST /v1/reports/{digest}/content`: the report is durable and complete.
package struct ReportAcknowledgement: Sendable, Hashable, Codable {
    /// When the next report is wanted.
    package struct Window: Sendable, Hashable, Codable {
        /// Seconds from now.
        package var after: Int
        /// Seconds over which devices spread themselves beyond that.
        package var spread: Int

        /// A window from `after` to `after + spread` seconds from now.
        package init(after: Int, spread: Int) {
            self.after = after
            self.spread = spread
        }
    }

    /// Digest of the report.
    package var report: ContentDigest
    /// Verdict as far as it is known.
    package var verdict: DeviceVerdict
    /// Findings as far as they are known.
    package var findings: FindingCounts
    /// When to report next.
    package var next: Window
    /// To be echoed in the next report.
    package var nonce: String?

    /// Acknowledges a report.
    package init(
        report: ContentDigest, verdict: DeviceVerdict, findings: FindingCounts, next: Window, nonce: String?
    ) {
        self.report = report
        self.verdict = verdict
        self.findings = findings
        self.next = next
        self.nonce = nonce
    }

    /// Canonical JSON of the answer.
    ///
    /// Every check-in ends with one. Digests, numbers, words and nonces need no escapes, so that the text is put
    /// together as it is; an encoder cost as much as a sixth of the signature's verification.
    package func encoded() -> [UInt8] {
        let findings =
            "{\"critical\":\(findings.critical),\"high\":\(findings.high),\"low\":\(findings.low),"
            + "\"medium\":\(findings.medium)}"
        let nonce = nonce.map { "\"nonce\":\"\($0)\"," } ?? ""
        let text =
            "{\"findings\":\(findings),\"next\":{\"after\":\(next.after),\"spread\":\(next.spread)},\(nonce)"
            + "\"report\":\"\(report)\",\"verdict\":\"\(verdict.rawValue)\"}"
        return Array(text.utf8)
    }
}

/// Answer `202` of the same routes: content is missing, nothing is acknowledged yet.
package struct MissingContent: Sendable, Hashable, Codable {
    /// Digest of the report.
    package var report: ContentDigest
    /// Digests of sections, indexes or shards that the collector lacks.
    package var missing: [ContentDigest]

    /// Asks for content.
    package init(report: ContentDigest, missing: [ContentDigest]) {
        self.report = report
        self.missing = missing
    }
}

/// Answer of `GET /v1/device`.
package struct DeviceStatus: Sendable, Hashable, Codable {
    /// The device id.
    package var deviceID: ContentDigest
    /// The last report; nil before the first.
    package var report: ContentDigest?
    /// Whether that report was evaluated.
    package var evaluated: Bool
    /// Verdict of the last evaluated report.
    package var verdict: DeviceVerdict
    /// Findings of the last evaluated report.
    package var findings: FindingCounts
    /// Number of components by reconciliation outcome.
    package var outcomes: [String: Int]?

    /// Describes what is known of a device.
    package init(
        deviceID: ContentDigest, report: ContentDigest?, evaluated: Bool, verdict: DeviceVerdict,
        findings: FindingCounts, outcomes: [String: Int]?
    ) {
        self.deviceID = deviceID
        self.report = report
        self.evaluated = evaluated
        self.verdict = verdict
        self.findings = findings
        self.outcomes = outcomes
    }
}
