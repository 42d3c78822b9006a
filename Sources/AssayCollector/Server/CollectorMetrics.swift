internal import AssayModel
internal import AssayStore
internal import Synchronization

/// Counts what happens, and writes it in Prometheus' text form (version 0.0.4).
package final class CollectorMetrics: Sendable {
    /// Labels are written when the page is asked for, not with every request.
    private struct Answered: Hashable {
        var route: String
        var status: Int
    }

    private struct Counters {
        var requests: [Answered: Int] = [:]
        var reports: [String: Int] = [:]
        var results: [String: Int] = [:]
        var contentBytes = 0
        var evaluations: [String: Int] = [:]
        var evaluationSeconds = 0.0
        var lastEvaluation: Timestamp?
    }

    /// What people want to know of a running collector.
    struct Activity: Sendable {
        /// Reports by result.
        var reports: [String: Int]
        /// Requests that ended in an error of the collector.
        var failures: Int
        /// Evaluations, new and repeated.
        var evaluations: Int
        /// Evaluations that failed.
        var failedEvaluations: Int
        /// Mean time of an evaluation that ran the rules; nil before the first.
        var meanEvaluation: Duration?
        /// When the last one ended.
        var lastEvaluation: Timestamp?
    }

    /// When counting began.
    let start = Timestamp.now

    private let counters = Mutex(Counters())

    /// Counters at zero.
    package init() {}

    func count(route: String, status: Int) {
        counters.withLock { $0.requests[Answered(route: route, status: status), default: 0] += 1 }
    }

    func count(report result: String) { counters.withLock { $0.reports["result=\"\(result)\"", default: 0] += 1 } }

    func count(verification verdict: String) {
        counters.withLock { $0.results["verdict=\"\(verdict)\"", default: 0] += 1 }
    }

    func addContent(bytes: Int) { counters.withLock { $0.contentBytes += bytes } }

    func count(evaluation kind: String, lasting duration: Duration) {
        counters.withLock { counters in
            counters.evaluations["kind=\"\(kind)\"", default: 0] += 1
            counters.evaluationSeconds += duration / .seconds(1)
            counters.lastEvaluation = .now
        }
    }

    /// What happened since ``start``.
    func activity() -> Activity {
        counters.withLock { counters in
            let new = counters.evaluations["kind=\"new\""] ?? 0
            return Activity(
                reports: Dictionary(
                    uniqueKeysWithValues: counters.reports.map { (String($0.key.dropFirst(8).dropLast()), $0.value) }),
                failures: counters.requests.filter { $0.key.status >= 500 }.values.reduce(0, +),
                evaluations: counters.evaluations.values.reduce(0, +),
                failedEvaluations: counters.evaluations["kind=\"failed\""] ?? 0,
                meanEvaluation: new > 0 ? .seconds(counters.evaluationSeconds / Double(new)) : nil,
                lastEvaluation: counters.lastEvaluation)
        }
    }

    /// The page, with figures of the store beside the counters.
    func page(_ store: StoreStatistics) -> String {
        let counters = counters.withLock { $0 }
        var page = ""
        var requests: [String: String] = [:]
        for (answered, count) in counters.requests {
            requests["route=\"\(Self.escape(answered.route))\",status=\"\(answered.status)\""] = String(count)
        }
        func family(_ name: String, _ type: String, _ help: String, _ values: [String: String]) {
            page += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
            for (labels, value) in values.sorted(by: { $0.key < $1.key }) {
                page += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
            }
        }
        family("assay_http_requests_total", "counter", "Requests by route and status.", requests)
        family("assay_reports_total", "counter", "Reports by result.", Self.text(counters.reports))
        family(
            "assay_results_total", "counter", "Results of verifications by verdict; repeated ones apart.",
            Self.text(counters.results))
        family(
            "assay_content_bytes_total", "counter", "Bytes of content stored.", ["": String(counters.contentBytes)])
        family("assay_evaluations_total", "counter", "Evaluations by kind.", Self.text(counters.evaluations))
        family(
            "assay_evaluation_seconds_total", "counter", "Time spent on evaluation.",
            ["": String(counters.evaluationSeconds)])
        family("assay_devices", "gauge", "Enrolled devices.", ["": String(store.devices)])
        family("assay_devices_dirty", "gauge", "Devices that wait for evaluation.", ["": String(store.dirtyDevices)])
        family(
            "assay_devices_by_verdict", "gauge", "Devices by verdict.", Self.text(store.verdicts, label: "verdict"))
        family(
            "assay_findings_open", "gauge", "Open findings by severity.",
            Self.text(store.openFindings, label: "severity"))
        return page
    }

    private static func text(_ values: [String: Int], label: String? = nil) -> [String: String] {
        var result: [String: String] = [:]
        for (key, value) in values { result[label.map { "\($0)=\"\(escape(key))\"" } ?? key] = String(value) }
        return result
    }

    private static func escape(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
