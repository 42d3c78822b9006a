import AssayModel
import AssayReport
import Foundation
import Testing

@testable import AssayAgent

@Suite(.serialized, .enabled(if: LoopbackServer.isAvailable, "needs python3 and openssl"))
struct EnrollerTests {
    private let folder: StateFolder
    private let state: AgentState
    private let key: DeviceKey
    private let certificates: TestCertificates
    private let now = Int64(Date().timeIntervalSince1970)

    init() throws {
        folder = try StateFolder()
        state = try folder.state()
        key = try DeviceKey.obtain(in: state)
        certificates = try TestCertificates.shared()
    }

    private func token(_ authority: String = "ca.pem") throws -> JoinToken {
        let fingerprint = try CertificateFacts(pem: certificates.text(authority)).fingerprint
        return try #require(JoinToken(id: Array(0..<9), secret: Array(0..<24), authority: fingerprint))
    }

    private func answer(for key: DeviceKey, authority: String = "ca.pem", days: Int = 365) throws
        -> LoopbackServer.Answer
    {
        let certificate = try certificates.sign(CertificateSigningRequest(key: key.privateKey).pem, days: days)
        let answer = EnrollmentAnswer(
            deviceID: key.identity.id, certificate: certificate, authority: try certificates.text(authority),
            notAfter: "2027-01-31T12:00:00Z")
        return .init(body: String(decoding: try CanonicalJSON.encode(answer), as: UTF8.self))
    }

    private func problem(_ code: String, _ status: Int) throws -> LoopbackServer.Answer {
        let detail = ProblemDetail(code: code, title: "t", status: status, detail: "a\u{1b}[31mb")
        return .init(
            status: status, headers: ["Content-Type": ProblemDetail.mediaType],
            body: String(decoding: try CanonicalJSON.encode(detail), as: UTF8.self))
    }

    private func enroll(with server: LoopbackServer, _ token: JoinToken) throws -> EnrollmentRecord {
        var device = DeviceFacts()
        device.model = "X1"
        return try Enroller(state: state, log: silence).enroll(
            with: CollectorAddress(server.address), token: token, device: device, now: now)
    }

    @Test func enrols() throws {
        let server = try LoopbackServer([answer(for: key)])
        try state.sections.note(known: [.sha256(of: [1])])
        let record = try enroll(with: server, token())
        #expect(folder.names("sections").isEmpty, "what another collector had is forgotten")
        #expect(record.deviceID == key.identity.id)
        #expect(record.collector.description == server.address)
        #expect(try state.enrollment() == record)
        #expect(try folder.mode("enrollment.json") == 0o600)
        let requests = try server.requests()
        #expect(requests.map(\.path) == ["/v1/enroll"])
        let sent = try CanonicalJSON.decode(EnrollmentRequest.self, from: requests[0].bytes)
        #expect(sent.token == (try token().credential))
        #expect(sent.device.model == "X1")
        let session = try CollectorSession(state: state, log: silence, now: now)
        _ = try? session.status()
        #expect(try server.requests().last?.peer == key.identity.id.hex)
    }

    @Test("nothing is sent to a server that is not the token's") func sendsNothingToStrangers() throws {
        let server = try LoopbackServer([answer(for: key)])
        #expect(throws: DeliveryFailure(.untrusted)) { try enroll(with: server, token("otherca.pem")) }
        #expect(try server.requests().isEmpty)
        #expect(throws: StateFailure(.notEnrolled)) { try state.enrollment() }
    }

    @Test(arguments: ["token-invalid", "token-expired", "token-used"]) func namesTheTokensProblem(_ code: String) throws
    {
        let server = try LoopbackServer([problem(code, 401)])
        let failure = #expect(throws: DeliveryFailure(.unauthorized)) { try enroll(with: server, token()) }
        #expect(failure?.problem == code)
        #expect(failure?.detail.contains("assay-collector token create") == true)
        #expect(failure?.detail.contains("\u{1b}") == false, "a server's words do not reach the terminal raw")
    }

    @Test func refusesAnAnswerForAnotherKey() throws {
        let other = try StateFolder()
        let stranger = try DeviceKey.obtain(in: other.state())
        let server = try LoopbackServer([answer(for: stranger)])
        #expect(throws: DeliveryFailure(.malformedAnswer)) { try enroll(with: server, token()) }
    }

    @Test func refusesAnotherAuthority() throws {
        let server = try LoopbackServer([answer(for: key, authority: "otherca.pem")])
        #expect(throws: DeliveryFailure(.malformedAnswer)) { try enroll(with: server, token()) }
    }

    @Test(arguments: ["<html>hello</html>", "{}", ""]) func refusesGarbage(_ body: String) throws {
        let server = try LoopbackServer([.init(body: body)])
        #expect(throws: DeliveryFailure(.malformedAnswer)) { try enroll(with: server, token()) }
    }

    @Test func renewsInTheLastThird() throws {
        let server = try LoopbackServer([answer(for: key, days: 9), answer(for: key, days: 300)])
        let record = try enroll(with: server, token())
        let enroller = Enroller(state: state, log: silence)
        #expect(try enroller.renewIfDue(record, at: now + 5 * 86_400) == nil)
        let renewed = try #require(try enroller.renewIfDue(record, at: now + 7 * 86_400))
        #expect(renewed.certificate != record.certificate)
        #expect(try state.enrollment() == renewed)
        let request = try #require(try server.requests().last)
        #expect(request.path == "/v1/renew")
        #expect(request.peer == key.identity.id.hex)
    }

    @Test func anExpiredCertificateIsNamedBeforeAnythingIsSent() throws {
        let server = try LoopbackServer([answer(for: key, days: 9)])
        _ = try enroll(with: server, token())
        #expect(throws: DeliveryFailure(.certificateExpired)) {
            try CollectorSession(state: state, log: silence, now: now + 10 * 86_400)
        }
        // A clock that is behind is no reason to stay away.
        _ = try CollectorSession(state: state, log: silence, now: now - 10 * 86_400)
        #expect(try server.requests().count == 1)
    }
}
