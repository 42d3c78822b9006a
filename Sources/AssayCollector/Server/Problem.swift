internal import AssayAccounts
internal import AssayModel
internal import AssayReport
package import HTTPTypes
package import Hummingbird
internal import NIOCore

/// A refusal that the client gets as `application/problem+json` (RFC 9457).
package struct Problem: Error, Sendable, Equatable, HTTPResponseError {
    let detail: ProblemDetail
    /// Further header fields.
    let headers: HTTPFields

    /// Describes a refusal.
    init(
        _ code: String, _ status: HTTPResponse.Status, _ title: String, _ detail: String? = nil,
        sequence: Int64? = nil, headers: HTTPFields = [:]
    ) {
        self.detail = ProblemDetail(
            code: code, title: title, status: status.code, detail: detail,
            sequence: sequence.map { UInt64(clamping: $0) })
        self.headers = headers
    }

    /// The HTTP status.
    package var status: HTTPResponse.Status { HTTPResponse.Status(code: detail.status) }

    /// The code in the problem's type.
    package var code: String { detail.code ?? "" }

    /// Refusals of one code are equal.
    package static func == (left: Problem, right: Problem) -> Bool { left.code == right.code }

    /// The answer.
    package func response(from request: Request, context: some RequestContext) throws -> Response { makeResponse() }

    /// The answer.
    func makeResponse() -> Response {
        let body = (try? CanonicalJSON.encode(detail)) ?? []
        var headers = self.headers
        headers[.contentType] = ProblemDetail.mediaType
        headers[.contentLength] = String(body.count)
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

extension Problem {
    static func malformed(_ detail: String) -> Problem {
        Problem("malformed", .badRequest, "The request cannot be read", detail)
    }
    static func tooLarge(_ detail: String) -> Problem {
        Problem("too-large", .contentTooLarge, "There is more than the limit allows", detail)
    }
    static func pendingLimit(_ limit: Int) -> Problem {
        Problem(
            "pending-limit", .contentTooLarge, "More content waits with this device than the limit allows",
            "a report may bring at most \(limit) bytes that are new here (pending-limit)")
    }
    static func csrInvalid(_ detail: String) -> Problem {
        Problem("csr-invalid", .badRequest, "The certificate request cannot be used", detail)
    }
    static func notFound(_ detail: String) -> Problem {
        Problem("not-found", .notFound, "There is no such thing", detail)
    }
    static func methodNotAllowed(_ method: HTTPRequest.Method, _ allowed: [HTTPRequest.Method]) -> Problem {
        Problem(
            "method-not-allowed", .methodNotAllowed, "The route does not know this method", method.rawValue,
            headers: [.allow: allowed.map(\.rawValue).joined(separator: ", ")])
    }
    static func rateLimited(after seconds: Int) -> Problem {
        Problem(
            "rate-limited", .tooManyRequests, "Too many requests", "try again in \(seconds) s",
            headers: [.retryAfter: String(seconds)])
    }
    static let certificateRequired = Problem(
        "certificate-required", .unauthorized, "A device certificate is required",
        "enrol the device and connect with the certificate that it got")
    static let certificateExpired = Problem(
        "certificate-expired", .unauthorized, "The device certificate has expired", "enrol the device again")
    static let unknownDevice = Problem(
        "device-unknown", .forbidden, "The device is not enrolled here", "enrol the device again")
    static let deviceRevoked = Problem(
        "device-revoked", .forbidden, "The device is no longer trusted",
        "an operator revoked it; only an operator can change that")
    static let operatorRequired = Problem(
        "operator-required", .unauthorized, "Sign in, or send an operator token",
        "send `Authorization: Bearer <token>` with a token that `assay-collector operator create` printed",
        headers: [.wwwAuthenticate: "Bearer realm=\"assay\""])
    static let formTokenRequired = Problem(
        "form-token-required", .forbidden, "The page is out of date",
        "a change in a session needs the page's own token: load the page again, or use an operator token")
    static func notPermitted(_ permission: Permission) -> Problem {
        Problem(
            "not-permitted", .forbidden, "This is not allowed to you",
            "it takes the permission \(permission.rawValue): \(permission.summary)")
    }
    static let internalFailure = Problem(
        "internal", .internalServerError, "The collector failed", "the log of the collector says why")
    static let unavailable = Problem(
        "unavailable", .serviceUnavailable, "The collector cannot store anything now",
        "nothing was accepted; send it again later", headers: [.retryAfter: "30"])

    /// The refusal that belongs to a failure of a report's form or signature.
    init(_ failure: ReportFailure) {
        switch failure.code {
        case .wrongKey:
            self = Problem("key-mismatch", .forbidden, "The report is signed with another key", failure.description)
        case .badSignature:
            self = Problem("signature-invalid", .forbidden, "The signature does not fit", failure.description)
        case .wrongSubject:
            self = Problem("key-mismatch", .forbidden, "The report speaks of another device", failure.description)
        case .tooLarge: self = .tooLarge(failure.description)
        default: self = .malformed(failure.description)
        }
    }
}
