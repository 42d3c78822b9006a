internal import AssayModel
internal import AssayReport
internal import AssayRules
internal import AssayStore
internal import Hummingbird

/// `/v1/results` and `/v1/device/findings`: what `assay-agent verify` hands over and asks (docs/protocol.md, 4).
struct ResultRoutes: Sendable {
    let store: any Store
    let authentication: DeviceAuthentication
    let metrics: CollectorMetrics
    let changes: ChangeFeed

    /// Adds the routes.
    func add(to router: Router<CollectorContext>) {
        router.post("v1/results", use: result)
        router.get("v1/device/findings", use: findings)
    }

    private func result(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let now = Timestamp.now
        let peer = try authentication.peer(context, at: now)
        let bytes = try await JSONBody.bytes(of: request, limit: DSSEEnvelope.sizeLimit)
        let result: VerifiedResult
        do { result = try ReceivedResult(parsing: bytes).verified(by: peer.identity) } catch { throw Problem(error) }
        switch try await store.keepResult(UnitResult(result, at: now)) {
        case .kept(let isNew):
            metrics.count(verification: isNew ? result.predicate.verdict.rawValue : "repeated")
            if isNew { changes.announce(.line) }
            return try JSONBody.response(ResultAcknowledgement(result: result.digest))
        case .unknownDevice: throw Problem.unknownDevice
        case .revoked: throw Problem.deviceRevoked
        }
    }

    private func findings(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let peer = try authentication.peer(context, at: .now)
        guard let device = try await store.device(peer.identity.id) else { throw Problem.unknownDevice }
        guard device.revokedAt == nil else { throw Problem.deviceRevoked }
        let findings = try await fleetFindings(of: device.id)
        return try JSONBody.response(
            FleetView(
                report: device.standing?.report, evaluatedAt: device.standing?.evaluatedAt,
                unit: VerificationStatement.Unit(device.facts), verdict: Verdict.pass.weighed(with: findings),
                findings: findings))
    }

    /// The gravest open findings that no single report of the device shows by itself.
    private func fleetFindings(of device: ContentDigest) async throws -> [Finding] {
        var query = FindingQuery(deviceID: device, includesInfo: false, order: .severity)
        // What somebody has waived, with a reason and until a day, does not stop a line.
        query.states = [.open, .acknowledged]
        // A device has few open findings; more than these are more than any person reads at a line.
        let open = try await store.findings(query, after: nil, limit: Self.readLimit).findings
        let wide = open.filter { finding in FleetView.rules.contains { finding.rule.hasPrefix($0) } }
        return try wide.prefix(FleetView.limit).map { try CanonicalJSON.decode(Finding.self, from: $0.content) }
    }

    private static let readLimit = 10_000
}

extension UnitResult {
    /// What the store keeps of a verified result.
    fileprivate init(_ result: VerifiedResult, at now: Timestamp) {
        let predicate = result.predicate
        self.init(
            digest: result.digest, signer: result.signer.id, unit: result.unit, model: predicate.unit.model,
            station: predicate.station, operator: predicate.operator, verdict: predicate.verdict,
            takenAt: predicate.takenAt, receivedAt: now, envelope: result.received.bytes)
    }
}
