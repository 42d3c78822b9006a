internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import Hummingbird
internal import NIOCore

/// `/v1/reports`, `/v1/reports/{digest}/content` and `/v1/device` (docs/protocol.md, 4).
struct ReportRoutes: Sendable {
    let store: any Store
    let ingestion: ReportIngestion
    let authentication: DeviceAuthentication
    let metrics: CollectorMetrics
    let configuration: CollectorConfiguration

    /// Adds the routes.
    func add(to router: Router<CollectorContext>) {
        router.post("v1/reports", use: report)
        router.post("v1/reports/{digest}/content", use: content)
        router.get("v1/device", use: device)
    }

    private func report(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let now = Timestamp.now
        let peer = try authentication.peer(context, at: now)
        let bytes = try await JSONBody.bytes(of: request, limit: DSSEEnvelope.sizeLimit)
        return try response(try await ingestion.receive(bytes, from: peer, at: now))
    }

    private func content(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let peer = try authentication.peer(context, at: .now)
        guard let digest = ContentDigest(context.parameters.get("digest") ?? "") else {
            throw Problem.malformed("the path names no digest")
        }
        // A device that is not let in is refused before it sends a body of any size.
        guard let device = try await store.device(peer.identity.id) else { throw Problem.unknownDevice }
        guard device.revokedAt == nil else { throw Problem.deviceRevoked }
        guard let pending = try await store.pendingReport(digest, of: peer.identity.id) else {
            return try repeated(digest, of: device)
        }
        let report = try ReceivedReport(parsing: pending.envelope).verified(by: peer.identity)
        let missing = try await ingestion.neededContent(of: report).missing
        var upload = try ContentUpload(
            for: report, missing: missing, in: store, limit: configuration.contentLimit,
            pendingLimit: configuration.pendingLimit)
        var received = 0
        for try await buffer in request.body {
            received += buffer.readableBytes
            guard received <= configuration.uploadLimit else {
                throw Problem.tooLarge("the upload has more than \(configuration.uploadLimit) bytes")
            }
            try await upload.read(Array(buffer.readableBytesView))
        }
        try await upload.finish()
        metrics.addContent(bytes: upload.storedBytes)
        return try response(try await ingestion.resume(pending, of: peer))
    }

    /// A device whose answer was lost sends its content again for a report that is accepted by now.
    private func repeated(_ digest: ContentDigest, of device: Device) throws -> Response {
        guard device.head?.report == digest else {
            throw Problem("report-unknown", .notFound, "No report waits for this content", "send the report first")
        }
        let answer = ingestion.acknowledgement(of: digest, device.standing, isPending: device.needsEvaluation)
        return try response(.acknowledged(answer))
    }

    private func response(_ answer: ReportIngestion.Answer) throws -> Response {
        switch answer {
        case .acknowledged(let acknowledgement):
            metrics.count(report: "accepted")
            return JSONBody.response(json: acknowledgement.encoded())
        case .incomplete(let missing):
            metrics.count(report: "incomplete")
            return try JSONBody.response(missing, status: .accepted)
        }
    }

    private func device(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let peer = try authentication.peer(context, at: .now)
        guard let device = try await store.device(peer.identity.id) else { throw Problem.unknownDevice }
        guard device.revokedAt == nil else { throw Problem.deviceRevoked }
        let isEvaluated = device.head != nil && !device.needsEvaluation && device.standing != nil
        return try JSONBody.response(
            DeviceStatus(
                deviceID: device.id, report: device.standing?.report ?? device.head?.report, evaluated: isEvaluated,
                verdict: isEvaluated ? device.standing?.verdict ?? .pending : .pending,
                findings: device.standing?.findings ?? FindingCounts(), outcomes: device.standing?.outcomes))
    }
}
