internal import AssayModel
internal import AssayReport
internal import AssayStore

/// Findings about the evaluation itself: what it could not read, and why it failed.
enum EvaluationFindings {
    /// The finding for sections with lines that cannot be read; nil when there are none.
    static func damage(_ gaps: [Gap]) -> Finding? {
        guard let first = gaps.first else { return nil }
        var finding = Finding(
            rule: "report/section-damaged", severity: .high,
            title: "parts of the signed report cannot be read", source: "the report",
            advice: "Update the agent and let it report again. If it stays so, inspect the device: "
                + "the agent signs what it writes, so that somebody else may have written this.",
            expected: "as many lines as the report announces, each of them readable", observed: first.detail,
            notes: gaps.dropFirst().compactMap(\.detail))
        finding.identify(key: [])
        return finding
    }

    /// The finding for an evaluation that could not be finished.
    static func failed(because error: any Error, device: ContentDigest) -> Finding {
        var finding = Finding(
            rule: "evaluation/failed", severity: .high, title: "the last report could not be evaluated",
            source: "the collector",
            advice: "Let the device report again. What was found before stands until an evaluation succeeds; "
                + "the log of the collector has more.", observed: words(error))
        finding.identify(device: device.description, key: [])
        return finding
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let failure as StoreFailure: failure.description
        case let failure as ReportFailure: failure.description
        case is DecodingError: "a record, a profile or the report does not decode"
        default: "an unexpected failure"
        }
    }
}
