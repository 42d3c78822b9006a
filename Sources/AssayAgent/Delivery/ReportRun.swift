internal import AssayModel
package import AssayReport
package import Logging

/// Takes what a scan found through its whole way: number, signature, spool, collector.
package struct ReportRun {
    /// What a scan found.
    package struct Content: Sendable, Hashable {
        /// The sections, whose lines are in the state's section store.
        package var sections: [WrittenSection]
        /// Number of gaps by kind.
        package var gaps: [String: Int]
        /// The kernel's id of this boot.
        package var bootID: String?
        /// When the scan was taken, in seconds since 1970.
        package var takenAt: Int64

        /// Describes what a scan found.
        package init(sections: [WrittenSection], gaps: [String: Int], bootID: String?, takenAt: Int64) {
            self.sections = sections
            self.gaps = gaps
            self.bootID = bootID
            self.takenAt = takenAt
        }
    }

    /// Most bytes of section content that wait with the reports; the newest report's content is kept whatever its size.
    package static let contentLimit = 256 << 20

    private let state: AgentState
    private let key: DeviceKey
    private let agent: ReportStatement.Agent
    private let log: Logger
    private let contentLimit: Int

    /// A run over a state folder that the caller has locked.
    package init(
        state: AgentState, key: DeviceKey, agent: ReportStatement.Agent, log: Logger,
        contentLimit: Int = Self.contentLimit
    ) {
        self.state = state
        self.key = key
        self.agent = agent
        self.log = log
        self.contentLimit = contentLimit
    }

    /// Scans, seals and spools, and only then connects and delivers: whatever keeps the collector away, nothing is lost.
    ///
    /// When the collector lacks content that it had before and that is therefore no longer here, as after the loss of its
    /// database, the scan is made once more, and this time everything is kept.
    ///
    /// - Parameters:
    ///   - recording: scans and stores the sections.
    ///   - collector: where the reports go.
    ///   - connecting: opens the connection; its ``DeliveryFailure`` stands in the summary.
    package func report(
        recording: () throws -> Content, to collector: CollectorAddress, connecting: () throws -> HTTPClient
    ) throws -> DeliverySummary {
        let content = try recording()
        let sealed = try seal(content)
        let client: HTTPClient
        do { client = try connecting() } catch let failure as DeliveryFailure {
            log.warning("not delivered", metadata: ["reason": "\(failure)"])
            var summary = DeliverySummary(collector: collector)
            summary.failure = failure
            summary.waiting = try state.spool.reports().count
            try prune()
            return summary
        }
        let summary = try deliver(sealed, of: content, through: client)
        guard summary.failure == DeliveryFailure(.contentLost) else { return summary }
        log.notice("the collector lacks content that is no longer kept here; scanning once more")
        let complete = try recording()
        var second = try deliver(try seal(complete), of: complete, through: client)
        second.acknowledged = summary.acknowledged + second.acknowledged
        second.refused = summary.refused + second.refused
        return second
    }

    /// Seals `content` and delivers it behind everything that waits.
    package func report(_ content: Content, through client: HTTPClient) throws -> DeliverySummary {
        try deliver(try seal(content), of: content, through: client)
    }

    /// Delivers `sealed` behind everything that waits.
    ///
    /// When the collector says that the number is used, as after a restored state folder, the same content is sealed
    /// once more under a number that is not.
    private func deliver(
        _ sealed: SealedReport, of content: Content, through client: HTTPClient
    ) throws -> DeliverySummary {
        var summary = try attempt(through: client)
        let isNumberUsed =
            summary.failure == DeliveryFailure(.replayed) && summary.refused.contains { $0.digest == sealed.digest }
        if isNumberUsed {
            // The content must still be here for the second number, so nothing is pruned in between.
            try seal(content)
            summary = try attempt(through: client)
        }
        try prune()
        return summary
    }

    /// Signs `content` under the next number and puts the report into the spool.
    @discardableResult package func seal(_ content: Content) throws -> SealedReport {
        try state.spool.checkRoom()
        var ledger = try state.ledger()
        let sequence = try ledger.reserve()
        // Durable before the number is used: see ReportLedger.
        try state.store(ledger)
        let sections = Dictionary(content.sections.map { ($0.name, $0.descriptor) }) { _, last in last }
        let sealed = try ReportSealer(key: key.privateKey).seal(
            ReportStatement.Predicate(
                sequence: sequence, previous: ledger.previous, bootID: content.bootID,
                takenAt: Timestamp(seconds: content.takenAt).description, agent: agent, sections: sections,
                gaps: content.gaps,
                nonce: ledger.nonce))
        try state.spool.add(sealed)
        ledger.note(sealed: sealed.digest, sequence: sequence)
        try state.store(ledger)
        log.info("report sealed", metadata: ["sequence": "\(sequence)", "digest": "\(sealed.digest)"])
        return sealed
    }

    /// Delivers what waits and lets go of content that nothing needs any more.
    package func deliver(through client: HTTPClient) throws -> DeliverySummary {
        let summary = try attempt(through: client)
        try prune()
        return summary
    }

    private func attempt(through client: HTTPClient) throws -> DeliverySummary {
        var delivery = Delivery(state: state, key: key, client: client, log: log)
        return try delivery.run()
    }

    /// Keeps the content of the waiting reports, the newest first, as far as the limit allows.
    private func prune() throws {
        var kept: Set<ContentDigest> = []
        var size = 0
        for waiting in try state.spool.reports().reversed() {
            guard let envelope = try state.spool.envelope(of: waiting) else { continue }
            guard let report = try? ReceivedReport(parsing: envelope).verified(by: key.identity) else { continue }
            let added = Set(report.predicate.sections.values.map(\.digest)).subtracting(kept)
            for digest in added { size += try state.sections.size(of: digest) }
            guard kept.isEmpty || size <= contentLimit else {
                log.warning(
                    "content of older reports dropped, the reports themselves kept",
                    metadata: ["from": "\(report.predicate.sequence)"])
                break
            }
            kept.formUnion(added)
        }
        try state.sections.prune(keeping: kept)
    }
}
