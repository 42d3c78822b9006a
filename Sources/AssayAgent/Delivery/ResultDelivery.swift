internal import AssayModel
internal import AssayReport
package import Logging

/// Hands the waiting results of verifications to the collector, oldest first.
///
/// Two of these may work at once, a daemon's and a command's: the collector keeps a result once, and a file that is gone
/// was delivered by the other.
package struct ResultDelivery {
    /// What a delivery came to.
    package struct Summary: Sendable, Hashable {
        /// Results that the collector has.
        package var delivered = 0
        /// Results that were refused for good and set aside.
        package var refused = 0
        /// Results that cannot be read and were set aside.
        package var unreadable = 0
        /// Results that still wait.
        package var waiting = 0
        /// What ended the delivery before its end, or the last refusal.
        package var failure: DeliveryFailure?

        /// Nothing done yet.
        package init() {}
    }

    private let state: AgentState
    private let client: HTTPClient
    private let log: Logger

    /// A delivery over `client`.
    package init(state: AgentState, client: HTTPClient, log: Logger) {
        self.state = state
        self.client = client
        self.log = log
    }

    /// Delivers at most `limit` results; a failure of the network or the collector stands in the summary.
    package func run(limit: Int = .max) throws(StateFailure) -> Summary {
        try sweep()
        var summary = Summary()
        for result in try state.results.reports() {
            guard summary.delivered + summary.refused < limit else { break }
            guard let envelope = envelope(of: result, &summary) else { continue }
            guard let failure = failure(delivering: result, envelope) else {
                try state.results.acknowledge(result)
                summary.delivered += 1
                continue
            }
            summary.failure = failure
            guard failure.code == .refused else { break }
            log.error("result refused", metadata: ["result": "\(result.digest)", "reason": "\(failure)"])
            try state.results.refuse(result)
            summary.refused += 1
        }
        summary.waiting = try state.results.reports().count
        if summary.delivered > 0 { log.info("results delivered", metadata: ["count": "\(summary.delivered)"]) }
        return summary
    }

    /// The envelope of a result; nil when another delivery was first, or when it cannot be read.
    ///
    /// One file that cannot be read must not hold up the results of other units behind it.
    private func envelope(of result: Spool.Report, _ summary: inout Summary) -> [UInt8]? {
        do { return try state.results.envelope(of: result) } catch {
            summary.unreadable += 1
            summary.failure = DeliveryFailure(.contentUnreadable, "\(error)")
            do {
                let path = try state.results.setAside(result)
                log.error(
                    "result cannot be read and was set aside", metadata: ["path": "\(path)", "reason": "\(error)"])
            } catch let failure {
                log.error(
                    "result cannot be read, nor set aside",
                    metadata: ["path": "\(error.path)", "reason": "\(error)", "failure": "\(failure)"])
            }
            return nil
        }
    }

    private func sweep() throws(StateFailure) {
        let lock = try state.lockResults()
        defer { withExtendedLifetime(lock) {} }
        try state.results.sweep()
    }

    /// Why the collector does not have the result; nil when it does.
    private func failure(delivering result: Spool.Report, _ envelope: [UInt8]) -> DeliveryFailure? {
        // A damaged envelope goes out as it is: it is for the collector to refuse.
        let body = (try? ReceivedResult(parsing: envelope).compactForm) ?? envelope
        do {
            let response = try client.send(
                HTTPRequest(post: "/v1/results", .bytes(try GzipWriter.compress(body, level: 9)), isCompressed: true))
            let answer = CollectorAnswer(response, from: client.address)
            guard response.status == 200 else { return answer.failure }
            guard try answer.decode(ResultAcknowledgement.self).result == result.digest else {
                return DeliveryFailure(.malformedAnswer, "\(client.address): the answer is about another result")
            }
            return nil
        } catch {
            return error as? DeliveryFailure ?? DeliveryFailure(.contentUnreadable, "\(error)")
        }
    }
}
