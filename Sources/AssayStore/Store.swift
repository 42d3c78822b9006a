package import AssayModel

/// Everything the collector remembers, in the words of its domain.
///
/// Implementations share no query text; `StoreConformance` in the tests says what all of them must do. What a method
/// reports as done is durable when it returns. Reports, content, documents and audit entries are never overwritten.
package protocol Store: AccountStore, CauseStore, DeviceListStore, OverviewStore, SearchStore {
    // MARK: Operation

    /// Throws unless a change can be committed now.
    func checkWritable() async throws
    /// Writes a consistent copy of everything, and `files` by name, to a new file, while others go on reading and writing.
    ///
    /// The file appears under its name once it is whole and on disk; a failure leaves nothing behind.
    func backUp(to path: String, with files: [String: String]) async throws
    /// A value that is made once and kept; `make` is called when it is not there yet.
    func setting(_ name: String, orElse make: @Sendable () -> [UInt8]) async throws -> [UInt8]

    // MARK: Devices

    /// Lets a device in, or again, against a join token; uses are counted once a device.
    func enrol(_ enrolment: Enrolment) async throws -> EnrolmentOutcome
    /// Notes that a new certificate was issued; false when the device is unknown or revoked.
    func renewCertificate(of device: ContentDigest, expiry: Timestamp, by actor: Actor) async throws -> Bool
    /// One device.
    func device(_ id: ContentDigest) async throws -> Device?
    /// Devices in the order of their ids, those after `cursor`.
    func devices(after cursor: ContentDigest?, limit: Int) async throws -> [Device]
    /// Devices whose id starts with some hexadecimal digits, at most two.
    func devices(withPrefix hex: String) async throws -> [Device]
    /// Withdraws trust; false when the device is unknown.
    func revokeDevice(_ id: ContentDigest, by actor: Actor) async throws -> Bool
    /// Assigns a hardware profile, or none; false when the device is unknown.
    func assignProfile(_ profileID: String?, to device: ContentDigest, by actor: Actor) async throws -> Bool

    // MARK: Reports and content

    /// Takes a report into its device's chain.
    ///
    /// `content` is everything that the report is made of, once the caller has looked it up: what of it waited with the
    /// device is kept for good together with the report. When the inventory is not the stored one and `content` is nil, or
    /// some of it is not here, nothing is written; nor is it when the inventory is the stored one and the counts of its
    /// sections are not.
    func accept(_ report: ReportArrival, content: [ContentDigest]?) async throws -> Acceptance
    /// Keeps a report whose content is not complete; a device has one such report, a later one takes its place.
    func keepPending(_ report: ReportArrival) async throws
    /// The report that waits for content under this digest.
    func pendingReport(_ digest: ContentDigest, of device: ContentDigest) async throws -> StoredReport?
    /// The accepted report at a place of the chain.
    func report(of device: ContentDigest, sequence: Int64) async throws -> StoredReport?
    /// The newest accepted report of a device with this inventory.
    func report(of device: ContentDigest, inventoryRoot: ContentDigest) async throws -> StoredReport?
    /// Those of `digests` that are neither kept nor wait with this device, in order.
    func missing(_ digests: [ContentDigest], for device: ContentDigest) async throws -> [ContentDigest]
    /// One object that is kept: an accepted report is made of it.
    func content(_ digest: ContentDigest) async throws -> [UInt8]?
    /// One object that is kept or waits with this device.
    func content(_ digest: ContentDigest, for device: ContentDigest) async throws -> [UInt8]?
    /// Lets objects wait with a device until the report that they came for is accepted, under digests that the caller has
    /// verified; false, and nothing is stored, when more than `batch.limit` bytes would wait.
    ///
    /// What waits for another report of the device gives way first.
    func putPending(_ batch: PendingContent) async throws -> Bool
    /// Forgets reports and content that have waited since before `time`; returns how many objects that were.
    func dropPending(before time: Timestamp) async throws -> Int

    // MARK: Evaluation

    /// Makes every standing out of date when it was made by other rules than those of `revision`.
    func adoptRules(revision: String) async throws
    /// Devices whose standing is out of date, in the order of their ids, those after `cursor`.
    func dirtyDevices(after cursor: ContentDigest?, limit: Int) async throws -> [DirtyDevice]
    /// What an evaluation of equal inputs gave.
    func evaluation(_ key: ContentDigest) async throws -> [UInt8]?
    /// Remembers what an evaluation gave.
    func keepEvaluation(_ result: [UInt8], for key: ContentDigest) async throws
    /// Writes standings and findings, all or none; a change that came meanwhile leaves a device to be evaluated again.
    func finish(_ evaluations: [DeviceEvaluation]) async throws
    /// What stands around a device's report, read at once.
    func circumstances(of device: ContentDigest, model: String?, site: String?) async throws -> DeviceCircumstances
    /// Anomalies of a device's chain that nothing has settled.
    func openAnomalies(of device: ContentDigest) async throws -> [StoredAnomaly]

    // MARK: Fleet

    /// Keeps what of a device should occur once in the world, as its last report shows it, and when each began and ended.
    ///
    /// Nothing is written when the set is the one that is kept. Devices that hold what came or went become out of date, a
    /// bounded number for each identity. A revoked device holds nothing.
    func noteIdentities(_ identities: [FleetIdentity], of device: ContentDigest, at time: Timestamp) async throws
    /// What of a device's identities is known from other devices or marked, with at most ``FleetLimits/others`` stays
    /// each that last, and as many that ended.
    func fleetMatches(of device: ContentDigest) async throws -> [FleetMatch]
    /// Marks a part wherever it is or will be seen; devices that show it now become out of date.
    func markPart(_ mark: PartMark, by actor: Actor) async throws
    /// The newest marks, one for each serial number and class, those that were cleared left out.
    func partMarks() async throws -> [PartMark]
    /// Where parts with a serial number or address are and were, at most `limit` stays.
    func stays(serial: String, limit: Int) async throws -> [(identity: FleetIdentity, stay: FleetStay)]

    // MARK: Findings

    /// Findings in the order of the query, at most `limit`; those after `cursor` where the newest come first.
    func findings(_ query: FindingQuery, after cursor: Int64?, limit: Int) async throws -> (
        findings: [StoredFinding], next: Int64?
    )
    /// Findings whose id starts with `prefix`, at most two.
    func findings(withPrefix prefix: String) async throws -> [StoredFinding]
    /// Settles the anomalies behind a finding of the chain; false when it is not open or not of that kind.
    func settleFinding(_ id: String, reason: String, by actor: Actor) async throws -> Bool
    /// The life of a finding, in the order of its events.
    func findingHistory(_ id: String) async throws -> [FindingEvent]
    /// Notes that somebody has looked at an open finding; false when it is not open.
    func acknowledgeFinding(_ id: String, note: String, by actor: Actor) async throws -> Bool
    /// Keeps a waiver; devices that show its cause become out of date.
    func waive(_ waiver: Waiver, by actor: Actor) async throws
    /// Takes a waiver back; false when there is none under this id that holds.
    func endWaiver(_ id: String, reason: String, by actor: Actor) async throws -> Bool
    /// Ends the waivers whose day has come; returns how many.
    func endExpiredWaivers(at time: Timestamp) async throws -> Int
    /// Waivers, newest first; those that ended too where `includesEnded`.
    func waivers(includesEnded: Bool, limit: Int) async throws -> [Waiver]
    /// The waivers that hold for a device.
    func waivers(for device: ContentDigest, model: String?, site: String?) async throws -> [Waiver]
    /// Enters where a device is, or nothing; false when the device is unknown.
    func assignSite(_ site: String?, to device: ContentDigest, by actor: Actor) async throws -> Bool

    // MARK: Results of verifications

    /// Keeps a verified result; one that is there already changes nothing.
    func keepResult(_ result: UnitResult) async throws -> ResultAcceptance
    /// Results in the order of their arrival, newest first, those that arrived before `cursor`.
    func results(_ query: ResultQuery, after cursor: Int64?, limit: Int) async throws -> (
        results: [UnitResult], next: Int64?
    )
    /// Results whose digest starts with some hexadecimal digits, at most two.
    func results(withPrefix hex: String) async throws -> [UnitResult]
    /// What came off each station, in the order of their names, results without one last; whatever the verdict.
    func yields(_ query: ResultQuery) async throws -> [StationYield]

    // MARK: Traceability documents

    /// Imports documents, all or none; the same content again gives the revision that is there already.
    func importDocuments(_ documents: [TraceabilityDocument], by actor: Actor) async throws -> [TraceabilityDocument]
    /// The newest revision under an id.
    func document(_ kind: TraceabilityDocument.Kind, id: String) async throws -> TraceabilityDocument?
    /// Newest revisions in the order of their ids, those after `cursor`.
    func documents(_ kind: TraceabilityDocument.Kind, after cursor: String?, limit: Int) async throws
        -> [TraceabilityDocument]
    /// Newest revisions of records or deltas whose serial number begins with `prefix`, whatever the case of its letters, in
    /// the order of serial numbers and ids, those after the document with the id `cursor`.
    func documents(
        _ kind: TraceabilityDocument.Kind, serialPrefix prefix: String, after cursor: String?, limit: Int
    ) async throws -> [TraceabilityDocument]
    /// Every revision under an id, oldest first.
    func revisions(_ kind: TraceabilityDocument.Kind, id: String) async throws -> [TraceabilityDocument]
    /// Newest revisions of the deltas for a device id or, with no device named in them, for its serial number, in the
    /// order of their import; of more than a chain follows one more.
    func deltas(forDevice id: ContentDigest?, serial: String?) async throws -> [TraceabilityDocument]
    /// The newest revisions of the records for a device id and then, with no device named in them, of those for its serial
    /// number, newest first.
    func records(forDevice id: ContentDigest, serial: String?) async throws -> [TraceabilityDocument]

    // MARK: Tokens and audit

    /// Keeps a new join token.
    func createToken(_ token: IssuedToken, by actor: Actor) async throws
    /// Join tokens in the order of their creation, newest first.
    func tokens() async throws -> [IssuedToken]
    /// Withdraws a join token; false when there is none or it is withdrawn already.
    func revokeToken(_ id: String, by actor: Actor) async throws -> Bool
    /// Keeps a new operator token.
    func createOperatorToken(_ token: OperatorToken, by actor: Actor) async throws
    /// One operator token.
    func operatorToken(_ id: String) async throws -> OperatorToken?
    /// Operator tokens, newest first.
    func operatorTokens() async throws -> [OperatorToken]
    /// Withdraws an operator token; false when there is none or it is withdrawn already.
    func revokeOperatorToken(_ id: String, by actor: Actor) async throws -> Bool
    /// The audit trail, newest entries first, those before `cursor`.
    func audit(_ query: AuditQuery, after cursor: Int64?, limit: Int) async throws -> (
        entries: [AuditEntry], next: Int64?
    )
    /// Figures for the metrics page.
    func statistics() async throws -> StoreStatistics
}

extension Store {
    /// Imports one document; the same content again gives the revision that is there already.
    package func importDocument(
        _ document: TraceabilityDocument, by actor: Actor
    ) async throws -> TraceabilityDocument {
        guard let kept = try await importDocuments([document], by: actor).first else {
            throw StoreFailure(.corrupt, "document \(document.id) was not kept")
        }
        return kept
    }

    /// Writes standing and findings of one device.
    package func finish(_ evaluation: DeviceEvaluation) async throws { try await finish([evaluation]) }

    /// The newest entries of the audit trail.
    package func audit(limit: Int) async throws -> [AuditEntry] {
        try await audit(AuditQuery(), after: nil, limit: limit).entries
    }

    /// The first devices whose standing is out of date.
    package func dirtyDevices(limit: Int) async throws -> [DirtyDevice] {
        try await dirtyDevices(after: nil, limit: limit)
    }
}

/// What bounds the work for one identity, however many devices show it.
package enum FleetLimits {
    /// Most other devices that are read, or made out of date.
    package static let others = 8
}

/// Figures of a store.
package struct StoreStatistics: Sendable, Hashable {
    /// Enrolled devices.
    package var devices: Int
    /// Devices that wait for evaluation.
    package var dirtyDevices: Int
    /// Devices by verdict.
    package var verdicts: [String: Int]
    /// Open findings by severity.
    package var openFindings: [String: Int]

    /// Describes the figures.
    package init(devices: Int, dirtyDevices: Int, verdicts: [String: Int], openFindings: [String: Int]) {
        self.devices = devices
        self.dirtyDevices = dirtyDevices
        self.verdicts = verdicts
        self.openFindings = openFindings
    }
}

/// Why the store could not do what it was asked.
package struct StoreFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure.
    package enum Code: String, Sendable, Hashable {
        /// The file cannot be opened, or is not a store.
        case unusable
        /// A stored value does not read back.
        case corrupt
        /// The target exists already.
        case exists
        /// The medium is full, read-only or failing.
        case inputOutput
    }

    /// What kind of failure.
    package let code: Code
    /// What and where, in lower-case words.
    package let description: String

    /// Describes a failure.
    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Failures of one kind are equal.
    package static func == (left: StoreFailure, right: StoreFailure) -> Bool { left.code == right.code }

    /// Hashes the kind.
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
