internal import AssayFiles
package import AssayModel
internal import AssayReport
package import Logging

/// One report of this machine, from the first probe to the collector's acknowledgement.
package struct DeviceReporter {
    /// What a report came to.
    package struct Result {
        /// The delivery.
        package var summary: DeliverySummary
        /// What was found, without the files.
        package var inventory: InventorySnapshot
        /// The connection, for questions after the delivery; nil when there was none.
        package var session: CollectorSession?
    }

    /// The state folder.
    package let state: AgentState
    private let options: ScanOptions
    private let root: String?
    private let log: Logger

    /// A reporter over `state` about this machine, or about the system below `root`.
    ///
    /// The scan cache and the exclusion of the state folder are added to `options`.
    package init(state: AgentState, options: ScanOptions, root: String? = nil, log: Logger) {
        self.state = state
        self.root = root
        self.log = log
        var options = options
        options.files.cachePath = state.cacheDirectory + "/files"
        if root == nil {
            options.files.exclusions.append(ExclusionRule(state.directory, reason: "state folder of the agent"))
        }
        self.options = options
    }

    /// Scans, seals and delivers; an enrolment that has run out keeps the report from leaving, not from being made.
    ///
    /// Blocks the calling thread.
    ///
    /// - Parameters:
    ///   - prepare: gets each scan before it starts, to show its progress.
    ///   - found: gets what was found before it is delivered.
    ///   - isCancelled: asked while waiting for the collector.
    package func report(
        now: () -> Int64, prepare: (Scan) -> Void = { _ in }, found: (InventorySnapshot) -> Void = { _ in },
        isCancelled: @escaping () -> Bool = { false }
    ) throws -> Result {
        let lock = try state.lock()
        defer { withExtendedLifetime(lock) {} }
        let enrollment = try state.enrollment()
        guard let key = try DeviceKey(in: state) else { throw StateFailure.keyGone(state) }
        var inventory = InventorySnapshot()
        var session: CollectorSession?
        var summary = try reportRun(key).report(
            recording: {
                var scan = Scan(root: try ScanRoot(path: root), options: options)
                scan.notice = { [log] in log.notice("\($0)") }
                prepare(scan)
                let recording = ScanRecording(scan, into: state.sections, device: key.identity)
                let result = try recording.run(now: now())
                inventory = result.inventory
                found(inventory)
                return result.content
            }, to: enrollment.collector,
            connecting: {
                let opened = try CollectorSession(state: state, log: log, now: now(), isCancelled: isCancelled)
                session = opened
                return opened.client
            })
        if let session { try deliverResults(through: session, &summary) }
        return Result(summary: summary, inventory: inventory, session: session)
    }

    /// Delivers what waits, without a new scan.
    package func redeliver(now: Int64, isCancelled: @escaping () -> Bool = { false }) throws -> DeliverySummary {
        let lock = try state.lock()
        defer { withExtendedLifetime(lock) {} }
        let session = try CollectorSession(state: state, log: log, now: now, isCancelled: isCancelled)
        var summary = try reportRun(session.key).deliver(through: session.client)
        try deliverResults(through: session, &summary)
        return summary
    }

    /// Delivers what `verify --sign` left, unless the reports have just shown that nothing gets through.
    private func deliverResults(through session: CollectorSession, _ summary: inout DeliverySummary) throws {
        guard summary.failure?.code.isTransient != true else { return }
        summary.results = try ResultDelivery(state: state, client: session.client, log: log).run()
        summary.sentBytes = session.client.sentBytes
        summary.receivedBytes = session.client.receivedBytes
    }

    private func reportRun(_ key: DeviceKey) -> ReportRun {
        ReportRun(state: state, key: key, agent: .current(), log: log)
    }
}

extension ReportStatement.Agent {
    /// This program, with the digest of its own file where that can be read.
    static func current() -> ReportStatement.Agent {
        let name = AgentName.current
        return ReportStatement.Agent(name: name.name, version: name.version, digest: ownDigest())
    }

    private static func ownDigest() -> ContentDigest? {
        // The kernel's own link to the running program: nobody can put another file under it.
        guard let file = (try? StateFile(reading: "/proc/self/exe")).flatMap({ $0 }) else { return nil }
        var hash = StreamingDigest()
        var offset = 0
        while let piece = try? file.read(count: 1 << 18, at: offset), !piece.isEmpty {
            hash.update(piece)
            offset += piece.count
        }
        return hash.finish()
    }
}
