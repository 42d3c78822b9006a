package import AssayReport

/// What one delivery came to, for a person or a script.
package struct DeliverySummary: Sendable, Hashable {
    /// The collector.
    package var collector: CollectorAddress
    /// Reports that were acknowledged, oldest first.
    package var acknowledged: [Spool.Report] = []
    /// Reports that were refused for good and set aside.
    package var refused: [Spool.Report] = []
    /// The last acknowledgement.
    package var last: ReportAcknowledgement?
    /// Objects of content that were sent.
    package var objects = 0
    /// Bytes of request bodies.
    package var sentBytes = 0
    /// Bytes of answer bodies.
    package var receivedBytes = 0
    /// Reports that still wait.
    package var waiting = 0
    /// What became of the results of verifications that waited; nil when the reports did not get through.
    package var results: ResultDelivery.Summary?
    /// What ended the delivery before its end, or the last refusal.
    package var failure: DeliveryFailure?

    /// Nothing done yet.
    package init(collector: CollectorAddress) { self.collector = collector }

    /// Whether every report is with the collector.
    package var isComplete: Bool { failure == nil && waiting == 0 }
}
