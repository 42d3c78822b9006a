internal import AssayModel

/// The agent's folder: key, certificate, ledger, schedule, spool and section content.
package struct AgentState: Sendable {
    /// Where a packaged agent keeps its state.
    package static let defaultDirectory = "/var/lib/assay-agent"
    private static let limit = 1 << 20

    /// Path of the folder.
    package let directory: String
    /// How its files are reached.
    package let files: any StateFiles

    /// Opens the folder and creates what is missing of it.
    package init(
        directory: String = Self.defaultDirectory, files: any StateFiles = PosixStateFiles()
    ) throws(StateFailure) {
        self.directory = directory
        self.files = files
        for name in ["", "/sections", "/cache"] { try files.makeDirectory(directory + name) }
        for spool in ["/spool", "/results"] {
            for name in ["", "/tmp", "/new", "/refused"] { try files.makeDirectory(directory + spool + name) }
        }
    }

    /// Path of a file or folder inside the state.
    package func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// Keeps other agents away for as long as the value lives.
    package func lock(waits: Bool = false) throws(StateFailure) -> StateLock {
        try StateLock(directory: directory, waits: waits)
    }

    /// Where the file scan keeps its cache.
    package var cacheDirectory: String { path("cache") }
    /// Content of sections that a collector may still ask for.
    package var sections: SectionStore { SectionStore(directory: path("sections"), files: files) }
    /// Reports that no collector acknowledged yet.
    package var spool: Spool { Spool(directory: path("spool"), files: files) }
    /// Signed results of verifications that no collector acknowledged yet.
    package var results: Spool {
        Spool(directory: path("results"), files: files, limit: Spool.resultLimit, kind: "result")
    }

    /// Waits until nobody else adds a result or tidies up after one that was not added whole.
    ///
    /// It is not the lock of the folder: a verdict at the line does not wait for a scan that the daemon makes.
    package func lockResults() throws(StateFailure) -> StateLock {
        try StateLock(directory: path("results"), waits: true)
    }

    /// Reads the ledger; an empty one when there is none.
    ///
    /// A report that reached the spool just before the machine stopped is taken into account.
    package func ledger() throws(StateFailure) -> ReportLedger {
        var ledger = try json(ReportLedger.self, "ledger.json") ?? ReportLedger()
        if let newest = try spool.reports().last { ledger.note(sealed: newest.digest, sequence: newest.sequence) }
        return ledger
    }

    /// Stores the ledger for good.
    package func store(_ ledger: ReportLedger) throws(StateFailure) { try store(json: ledger, "ledger.json") }

    /// Reads the schedule; nil before the first report and when what is there cannot be read.
    package func schedule() throws(StateFailure) -> ReportSchedule? {
        do { return try json(ReportSchedule.self, "schedule.json") } catch {
            // Only a time to wait is lost with it.
            if error == StateFailure(.damaged) { return nil }
            throw error
        }
    }

    /// Stores the schedule.
    package func store(_ schedule: ReportSchedule) throws(StateFailure) {
        try store(json: schedule, "schedule.json")
    }

    /// Reads a JSON file of the state; nil when it is not there.
    func json<T: Decodable>(_ type: T.Type, _ name: String) throws(StateFailure) -> T? {
        guard let bytes = try files.read(path(name), limit: Self.limit) else { return nil }
        do { return try CanonicalJSON.decode(type, from: bytes) } catch {
            throw StateFailure(
                .damaged, path: path(name),
                "not what the agent writes there; without it the agent starts anew, and its collector "
                    + "tells it the number to go on with")
        }
    }

    /// Writes a JSON file of the state.
    func store(json value: some Encodable, _ name: String) throws(StateFailure) {
        let bytes: [UInt8]
        do { bytes = try CanonicalJSON.encode(value) } catch {
            throw StateFailure(.damaged, path: path(name), "\(error)")
        }
        try files.replace(path(name), with: bytes)
    }
}
