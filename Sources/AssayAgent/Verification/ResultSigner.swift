package import AssayModel
package import AssayReport
internal import AssayRules

/// Signs results of verifications with the key of a state folder, the unit's own or a station's, and spools them.
package struct ResultSigner: Sendable {
    /// What a unit was held against, for the statement.
    package struct Basis: Sendable, Hashable {
        /// The hardware profile.
        package var profile: VerificationStatement.Document?
        /// The as-built record and its deltas, oldest first.
        package var records: [VerificationStatement.Document]

        /// Names the documents.
        package init(
            profile: VerificationStatement.Document? = nil, records: [VerificationStatement.Document] = []
        ) {
            self.profile = profile
            self.records = records
        }
    }

    private let state: AgentState
    private let key: DeviceKey

    /// A signer; fails where there is no key or no room.
    package init(state: AgentState) throws(StateFailure) {
        guard let key = try DeviceKey(in: state) else {
            throw StateFailure(
                .notEnrolled, path: state.directory,
                "there is no key to sign with; run: assay-agent enroll --collector https://HOST:PORT --token TOKEN")
        }
        try state.results.checkRoom()
        self.state = state
        self.key = key
    }

    /// Signs `result` about the unit whose inventory this is; when this returns the result survives a power cut.
    @discardableResult package func sign(
        _ result: VerifyResult, of inventory: InventorySnapshot, against basis: Basis, at moment: Timestamp
    ) throws -> SealedResult {
        let sealed = try seal(Self.statement(result, inventory, basis, moment, signer: key.identity.id))
        let lock = try state.lockResults()
        defer { withExtendedLifetime(lock) {} }
        try state.results.add(sealed)
        return sealed
    }

    /// A device with much to say must not keep its result from being signed: lines give way until it fits.
    private func seal(_ statement: VerificationStatement) throws -> SealedResult {
        var statement = statement
        while true {
            do { return try ReportSealer(key: key.privateKey).seal(statement) } catch {
                let count = statement.predicate.differences.count
                guard error as? ReportFailure == ReportFailure(.tooLarge), count > 0 else { throw error }
                statement.predicate.differences.removeLast((count + 1) / 2)
            }
        }
    }

    private static func statement(
        _ result: VerifyResult, _ inventory: InventorySnapshot, _ basis: Basis, _ moment: Timestamp,
        signer: ContentDigest
    ) throws -> VerificationStatement {
        let unit = VerificationStatement.Unit(inventory.device)
        var outcomes: [String: Int] = [:]
        for outcome in result.outcomes {
            outcomes[outcome.reaction == .notice ? "noted" : outcome.kind.rawValue, default: 0] += 1
        }
        var counts = FindingCounts()
        for finding in result.findings { counts.add(severity: finding.severity.rawValue) }
        return VerificationStatement(
            name: unit.name ?? signer.description,
            inventory: .sha256(of: try CanonicalJSON.encode(inventory)),
            predicate: .init(
                signer: signer, unit: unit, verdict: result.verdict, outcomes: outcomes, findings: counts,
                differences: differences(result), result: .sha256(of: try CanonicalJSON.encode(result)),
                profile: basis.profile,
                records: Array(basis.records.prefix(VerificationStatement.recordLimit)), fleet: result.fleet,
                station: result.station,
                operator: result.operator, takenAt: moment, agent: .current()))
    }

    /// What a person at the line reads, as far as a statement has room for it.
    private static func differences(_ result: VerifyResult) -> [String] {
        let differing = result.outcomes.filter { $0.fails || $0.kind == .notVerifiable }
        let told = Set(differing.map(\.rule))
        let others = result.findings.filter { $0.severity > .info && !told.contains($0.rule) }
        let lines =
            differing.map(TextRenderer.line) + others.map { "\($0.severity.rawValue): \($0.title)" } + result.reasons
        return lines.prefix(VerificationStatement.differenceLimit).map {
            VerificationStatement.clipped(TextRenderer.safe($0), to: VerificationStatement.lineLimit)
        }
    }
}

extension VerificationStatement.Unit {
    /// What the unit is called: its serial number, else its UUID, where these say anything.
    var name: String? { [serial, uuid].compactMap(\.self).first { !PlaceholderList.standard.contains($0) } }
}

extension VerificationStatement.Document {
    /// Names a profile.
    package init(_ profile: HardwareProfile) throws { try self.init(profile, profile.id) }

    /// Names a record.
    package init(_ record: AsBuiltRecord) throws { try self.init(record, record.citation) }

    /// Names a delta.
    package init(_ delta: RecordDelta) throws { try self.init(delta, delta.citation) }

    private init(_ document: some Encodable, _ id: String) throws {
        self.init(
            id: VerificationStatement.clipped(id, to: VerificationStatement.nameLimit),
            digest: .sha256(of: try CanonicalJSON.encode(document)))
    }
}
