package import AssayModel
package import AssayReport
package import AssayStore

/// What would change if a document were imported.
package struct Plan: Sendable, Codable {
    /// A device whose standing would change.
    package struct Change: Sendable, Codable {
        /// The device.
        package let device: ContentDigest
        /// Its verdict now.
        package let verdict: DeviceVerdict
        /// Its verdict with the document.
        package let planned: DeviceVerdict
        /// Findings that would come.
        package let opened: [Entry]
        /// Findings that would go.
        package let resolved: [Entry]
        /// Findings whose severity would change.
        package let reweighed: [Entry]
    }

    /// A finding in few words.
    package struct Entry: Sendable, Codable, Hashable {
        /// Its id.
        package let id: String
        /// Its rule.
        package let rule: String
        /// How much it matters, or would.
        package let severity: String
        /// What is wrong.
        package let title: String
    }

    /// How many devices would go from one verdict to another, or stay with it while their findings change.
    package struct Turn: Sendable, Codable, Hashable {
        /// The verdict now.
        package let verdict: DeviceVerdict
        /// The verdict with the document.
        package let planned: DeviceVerdict
        /// How many devices.
        package fileprivate(set) var devices: Int
    }

    /// Kind and id of the documents.
    package let documents: [String]
    /// Devices whose standing would change, as far as they are listed.
    package private(set) var changes: [Change] = []
    /// All devices whose standing would change, by their verdicts.
    package private(set) var turns: [Turn] = []
    /// Devices whose standing would stay.
    package private(set) var unchanged = 0
    /// Devices that cannot be judged, or have not been judged yet.
    package private(set) var undecided: [ContentDigest] = []

    /// Devices that are listed at most.
    private let limit: Int

    private enum CodingKeys: String, CodingKey { case documents, changes, turns, unchanged, undecided }

    init(documents: [String], limit: Int) {
        self.documents = documents
        self.limit = limit
    }

    /// Reads what was written; nothing is entered any more.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        documents = try values.decode([String].self, forKey: .documents)
        changes = try values.decode([Change].self, forKey: .changes)
        turns = try values.decode([Turn].self, forKey: .turns)
        unchanged = try values.decode(Int.self, forKey: .unchanged)
        undecided = try values.decode([ContentDigest].self, forKey: .undecided)
        limit = changes.count
    }

    /// How many devices would change.
    package var changed: Int { turns.reduce(0) { $0 + $1.devices } }

    mutating func enter(_ device: Device, _ planned: DeviceEvaluation, open: [StoredFinding]) {
        func entry(_ finding: StoredFinding) -> Entry {
            Entry(id: finding.id, rule: finding.rule, severity: finding.severity, title: finding.title)
        }
        let before = Dictionary(open.map { ($0.id, $0) }) { first, _ in first }
        let after = Set(planned.findings.map(\.id))
        let verdict = device.standing?.verdict ?? .pending
        let opened = planned.findings.filter { before[$0.id] == nil }
        let resolved = open.filter { !after.contains($0.id) }
        let reweighed = planned.findings.filter { before[$0.id].map(\.severity) != $0.severity && before[$0.id] != nil }
        guard verdict != planned.standing.verdict || !(opened + resolved + reweighed).isEmpty else {
            unchanged += 1
            return
        }
        count(verdict, planned.standing.verdict)
        guard changes.count < limit else { return }
        changes.append(
            Change(
                device: device.id, verdict: verdict, planned: planned.standing.verdict, opened: opened.map(entry),
                resolved: resolved.map(entry), reweighed: reweighed.map(entry)))
    }

    private mutating func count(_ verdict: DeviceVerdict, _ planned: DeviceVerdict) {
        if let index = turns.firstIndex(where: { $0.verdict == verdict && $0.planned == planned }) {
            turns[index].devices += 1
        } else {
            turns.append(Turn(verdict: verdict, planned: planned, devices: 1))
            turns.sort { ($0.verdict.rawValue, $0.planned.rawValue) < ($1.verdict.rawValue, $1.planned.rawValue) }
        }
    }

    mutating func skip(_ device: ContentDigest) { undecided.append(device) }
}

/// Evaluates stored devices with documents that are not imported, and writes nothing.
package struct Planner: Sendable {
    private static let page = 200
    private let store: any Store

    /// Reads a store.
    package init(store: any Store) { self.store = store }

    /// The document that a policy would become.
    package func policy(_ bytes: [UInt8], by actor: Actor) async throws -> [TraceabilityDocument] {
        let policy = try PolicyLibrary.policy(bytes)
        try await PolicyLibrary(store: store).checkUses(of: policy)
        return [
            try PolicyLibrary.document(StoredPolicy(policy, signer: nil, reviewer: actor.name), at: actor.at)
        ]
    }

    /// Judges every device that has reported.
    ///
    /// - Parameters:
    ///   - limit: how many devices are listed; the rest of them is counted.
    ///   - progress: called with the number of devices that are done.
    package func plan(
        _ candidates: [TraceabilityDocument], listing limit: Int = .max, progress: (Int) -> Void = { _ in }
    ) async throws -> Plan {
        let evaluator = DeviceEvaluator.reading(store, candidates: candidates)
        try await evaluator.refreshLists()
        var plan = Plan(documents: candidates.map { "\($0.kind.noun) \($0.id)" }, limit: limit)
        var done = 0
        var cursor: ContentDigest?
        repeat {
            let devices = try await store.devices(after: cursor, limit: Self.page)
            for device in devices where device.head != nil && device.revokedAt == nil {
                try await enter(device, evaluator, into: &plan)
                done += 1
            }
            progress(done)
            cursor = devices.count == Self.page ? devices.last?.id : nil
        } while cursor != nil
        return plan
    }

    private func enter(_ device: Device, _ evaluator: DeviceEvaluator, into plan: inout Plan) async throws {
        // What waits for its evaluation would show changes that are none of the document's.
        guard !device.needsEvaluation, device.standing != nil else { return plan.skip(device.id) }
        do {
            let planned = try await evaluator.preview(device)
            plan.enter(device, planned, open: try await openFindings(of: device.id))
        } catch let failure as StoreFailure where failure.code == .inputOutput {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch { plan.skip(device.id) }
    }

    private func openFindings(of device: ContentDigest) async throws -> [StoredFinding] {
        var findings: [StoredFinding] = []
        var cursor: Int64?
        repeat {
            let page = try await store.findings(FindingQuery(deviceID: device), after: cursor, limit: 500)
            findings += page.findings
            cursor = page.next
        } while cursor != nil
        return findings
    }
}
