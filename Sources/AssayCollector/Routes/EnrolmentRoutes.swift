internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import Foundation
internal import Hummingbird
internal import NIOCore

/// `/v1/enroll` and `/v1/renew` (docs/protocol.md, 4).
struct EnrolmentRoutes: Sendable {
    /// Most bytes of a request body.
    private static let bodyLimit = 64 << 10

    let store: any Store
    let authority: CertificateAuthority
    let authentication: DeviceAuthentication
    let limiter: RateLimiter<String>

    /// Adds the routes.
    func add(to router: Router<CollectorContext>) {
        router.post("v1/enroll", use: enrol)
        router.post("v1/renew", use: renew)
    }

    private func enrol(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let address = context.channel.remoteAddress?.ipAddress ?? "unknown"
        if let seconds = limiter.secondsToWait(for: address) { throw Problem.rateLimited(after: seconds) }
        let body = try await JSONBody.decode(EnrollmentRequest.self, of: request, limit: Self.bodyLimit)
        guard let token = JoinToken.split(credential: body.token) else { throw Self.problem(.tokenInvalid) }
        let csr = try DeviceCertificateRequest(parsing: body.csr)
        let now = Date.now
        let issued = try authority.issueDevice(csr, at: now)
        let outcome = try await store.enrol(
            Enrolment(
                deviceID: csr.identity.id, publicKey: csr.keyInfo, tokenID: token.id,
                secretHash: Secret.hash(token.secret), facts: body.device,
                certificateExpiry: Self.timestamp(issued.notAfter), at: Self.timestamp(now)))
        guard case .enrolled = outcome else { throw Self.problem(outcome) }
        return try answer(csr, issued)
    }

    private func renew(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let now = Date.now
        let peer = try authentication.peer(context, at: Self.timestamp(now))
        let body = try await JSONBody.decode(RenewalRequest.self, of: request, limit: Self.bodyLimit)
        let csr = try DeviceCertificateRequest(parsing: body.csr)
        guard csr.identity == peer.identity else {
            throw Problem("key-mismatch", .forbidden, "The request is for another key", "renew with the enrolled key")
        }
        let issued = try authority.issueDevice(csr, at: now)
        let isRenewed = try await store.renewCertificate(
            of: peer.identity.id, expiry: Self.timestamp(issued.notAfter),
            by: Actor("device:\(peer.identity.id)", at: Self.timestamp(now)))
        guard isRenewed else {
            throw try await store.device(peer.identity.id) == nil ? Problem.unknownDevice : Problem.deviceRevoked
        }
        return try answer(csr, issued)
    }

    private func answer(
        _ csr: DeviceCertificateRequest, _ issued: (pem: String, notAfter: Date)
    ) throws -> Response {
        try JSONBody.response(
            EnrollmentAnswer(
                deviceID: csr.identity.id, certificate: issued.pem, authority: authority.certificatePEM,
                notAfter: Self.timestamp(issued.notAfter).description))
    }

    private static func timestamp(_ date: Date) -> Timestamp {
        Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    }

    private static func problem(_ outcome: EnrolmentOutcome) -> Problem {
        switch outcome {
        case .tokenExpired:
            Problem("token-expired", .unauthorized, "The join token has expired")
        case .tokenUsed:
            Problem("token-used", .unauthorized, "The join token is used up")
        case .revoked: .deviceRevoked
        case .tokenInvalid, .enrolled:
            Problem(
                "token-invalid", .unauthorized, "The join token is not valid",
                "it is not of this collector, or it was revoked")
        }
    }
}
