internal import AssayFiles
package import AssayModel
package import AssayReport
package import Logging

/// One report of this machine, from the first probe to the collector's acknowledgement.
package struct DeviceReporter {
    /// What a report came to.
    package struct Result {
        /// The delivery.
        package var summary: DeliverySummary
        /// What was found, without the files.
        package var inventory: InventorySnapshot
    }

    /// The state folder.
    package let state: AgentState
    private let options: ScanOptions
    private let log: Logger

    /// A reporter over `state`; the scan cache and the exclusion of the state folder are added to `options`.
    package init(state: AgentState, options: ScanOptions, log: Logger) {
        self.state = state
        self.log = log
        var options = options
        options.files.cachePath = state.cacheDirectory + "/files"
        options.files.exclusions.append(ExclusionRule(state.directory, reason: "state folder of the agent"))
        self.options = options
    }

    /// Scans, seals and delivers.
    ///
    /// Blocks the calling thread.
    ///
    /// - Parameters:
    ///   - prepare: gets the scan before it starts, to show its progress.
    ///   - isCancelled: asked while waiting for the collector.
    package func report(
        now: () -> Int64, prepare: (Scan) -> Void = { _ in }, isCancelled: @escaping () -> Bool = { false }
    ) throws -> Result {
        let lock = try state.lock()
        defer { withExtendedLifetime(lock) {} }
        let session = try CollectorSession(state: state, log: log, now: now(), isCancelled: isCancelled)
        var scan = Scan(root: try ScanRoot(path: nil), options: options)
        scan.notice = { [log] in log.notice("\($0)") }
        prepare(scan)
        let recording = ScanRecording(scan, into: state.sections, device: session.key.identity)
        let (content, inventory) = try recording.run(now: now())
        let summary = try reportRun(session.key).report(content, through: session.client)
        return Result(summary: summary, inventory: inventory)
    }

    /// Delivers what waits, without a new scan.
    package func redeliver(now: Int64, isCancelled: @escaping () -> Bool = { false }) throws -> DeliverySummary {
        let lock = try state.lock()
        defer { withExtendedLifetime(lock) {} }
        let session = try CollectorSession(state: state, log: log, now: now, isCancelled: isCancelled)
        return try reportRun(session.key).deliver(through: session.client)
    }

    /// What the collector says of this device now.
    package func status(now: Int64) throws -> DeviceStatus {
        try CollectorSession(state: state, log: log, now: now).status()
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
