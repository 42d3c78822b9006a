import AssayAgent
import AssayModel
import AssayReport
import AssayTerminal

/// What a delivery came to, for people and for scripts.
struct ReportView: Encodable {
    var collector: String
    var acknowledged: Int
    var waiting: Int
    var report: String?
    var sequence: UInt64?
    var verdict: String?
    var findings: FindingCounts?
    var outcomes: [String: Int]?
    var components: Int
    var firmware: Int
    var packages: Int
    var gaps: Int
    var sentBytes: Int
    var receivedBytes: Int
    var results: Int?
    var resultsWaiting: Int?
    var failure: String?

    init(_ result: DeviceReporter.Result, _ status: DeviceStatus?) {
        let summary = result.summary
        collector = "\(summary.collector)"
        acknowledged = summary.acknowledged.count
        waiting = summary.waiting
        report = summary.acknowledged.last?.digest.description
        sequence = summary.acknowledged.last?.sequence
        let isJudged = status?.evaluated == true
        verdict = (isJudged ? status?.verdict : summary.last.map { _ in .pending })?.rawValue
        findings = status?.findings ?? summary.last?.findings
        outcomes = status?.outcomes
        components = result.inventory.components.count
        firmware = result.inventory.firmware.count
        packages = result.inventory.packages.count
        gaps = result.inventory.gaps.count
        sentBytes = summary.sentBytes
        receivedBytes = summary.receivedBytes
        results = summary.results.flatMap { $0.delivered > 0 ? $0.delivered : nil }
        resultsWaiting = summary.results.flatMap { $0.waiting > 0 ? $0.waiting : nil }
        failure = summary.failure?.description
    }

    /// What was found, for people.
    static func found(_ inventory: InventorySnapshot) -> String {
        "Found     \(Quantity.count(inventory.components.count)) components, "
            + "\(Quantity.count(inventory.firmware.count)) firmware entries, "
            + "\(Quantity.count(inventory.packages.count)) packages, \(Quantity.count(inventory.gaps.count)) gaps\n"
    }

    /// What became of it, for people.
    var text: String {
        var lines: [String] = []
        if let sequence, let report {
            lines.append(
                "Report    number \(sequence), \(report), \(Quantity.bytes(Int64(sentBytes))) sent, "
                    + "\(Quantity.bytes(Int64(receivedBytes))) received")
        }
        if waiting > 0 { lines.append("Waiting   \(waiting) in the spool, to be delivered next time") }
        if let results { lines.append("Results   \(results) of verifications delivered") }
        if let resultsWaiting {
            lines.append("Results   \(resultsWaiting) of verifications wait, to be delivered next time")
        }
        if let verdict { lines.append("Verdict   \(verdict.uppercased())\(explanation)") }
        if let outcomes, !outcomes.isEmpty {
            let parts = outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            lines.append("Outcomes  " + parts.joined(separator: ", "))
        }
        if let findings {
            lines.append(
                "Findings  \(findings.critical) critical, \(findings.high) high, \(findings.medium) medium, "
                    + "\(findings.low) low")
        }
        return lines.map { TerminalText.safe($0) + "\n" }.joined()
    }

    private var explanation: String {
        switch verdict {
        case "pass": " – this device matches its record"
        case "fail": " – this device differs from its record"
        case "undetermined": " – something could not be seen"
        case "unverified": " – there is no record to hold this device against"
        default: " – the collector has the report and has not judged it yet"
        }
    }
}
