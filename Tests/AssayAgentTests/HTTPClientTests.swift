import AssayModel
import AssayReport
import Foundation
import Testing

@testable import AssayAgent

@Suite(.serialized, .enabled(if: LoopbackServer.isAvailable, "needs python3 and openssl"))
struct HTTPClientTests {
    private func client(
        _ server: LoopbackServer, authority: String = "ca.pem", credential: HTTPClient.Credential? = nil,
        timeouts: HTTPClient.Timeouts = .init(), isCancelled: @escaping () -> Bool = { false }
    ) throws -> HTTPClient {
        try HTTPClient(
            CollectorAddress(server.address), authority: Array(TestCertificates.shared().text(authority).utf8),
            credential: credential, timeouts: timeouts, isCancelled: isCancelled)
    }

    private func failure(_ body: () throws -> Void) -> DeliveryFailure? {
        do {
            try body()
            return nil
        } catch { return error as? DeliveryFailure }
    }

    @Test func getsAndPostsOverOneConnection() throws {
        let server = try LoopbackServer([
            .init(status: 200, headers: ["X-Y": " a  b "], body: "one"), .init(status: 418),
        ])
        let client = try client(server)
        let first = try client.send(HTTPRequest(get: "/healthz"))
        #expect(first.status == 200)
        #expect(first.headers["x-y"] == "a b")
        #expect(first.body == Array("one".utf8))
        let second = try client.send(HTTPRequest(post: "/v1/reports", .bytes([1, 2, 3]), isCompressed: true))
        #expect(second.status == 418)
        let requests = try server.requests()
        #expect(requests.map(\.method) == ["GET", "POST"])
        #expect(requests.map(\.path) == ["/healthz", "/v1/reports"])
        #expect(requests.map(\.connection) == [1, 1])
        #expect(requests[1].bytes == [1, 2, 3])
        #expect(requests[1].headers["content-encoding"] == "gzip")
        #expect(requests[1].headers["content-type"] == "application/json")
        #expect(requests[1].headers["expect"] == nil)
        #expect(requests[1].peer == nil)
        #expect(client.sentBytes == 3)
        #expect(client.receivedBytes == 3)
    }

    @Test func streamsABodyOfUnknownLength() throws {
        let server = try LoopbackServer([.init()])
        var pieces = (0..<40).map { [UInt8](repeating: UInt8($0), count: 5000) }
        let whole = pieces.flatMap { $0 }
        let body = HTTPBody.stream { pieces.isEmpty ? nil : pieces.removeFirst() }
        _ = try client(server).send(HTTPRequest(post: "/x", body, isCompressed: false))
        let request = try #require(server.requests().first)
        #expect(request.headers["transfer-encoding"] == "chunked")
        #expect(request.bytes == whole)
    }

    @Test func aBodyThatCannotBeReadEndsTheRequest() throws {
        let server = try LoopbackServer([.init()])
        let body = HTTPBody.stream { throw StateFailure(.damaged, path: "/a", "gone") }
        #expect(throws: DeliveryFailure(.contentUnreadable)) {
            try client(server).send(HTTPRequest(post: "/x", body, isCompressed: false))
        }
    }

    @Test func presentsTheDeviceCertificate() throws {
        let folder = try StateFolder()
        let key = try DeviceKey.obtain(in: folder.state())
        let certificate = try TestCertificates.shared().sign(CertificateSigningRequest(key: key.privateKey).pem)
        let server = try LoopbackServer([.init()], security: .wantsCertificate)
        let credential = HTTPClient.Credential(certificate: Array(certificate.utf8), key: key.pem)
        #expect(try client(server, credential: credential).send(HTTPRequest(get: "/")).status == 200)
        #expect(try server.requests().first?.peer == key.identity.id.hex)
    }

    @Test("a server that wants a certificate refuses a client without, or with an expired one")
    func refusedWithoutACertificate() throws {
        // The server's alert may be overtaken by the end of the connection; CurlFailureTests has the alerts.
        let codes: Set<DeliveryFailure> = [.init(.unauthorized), .init(.certificateExpired), .init(.unreachable)]
        let server = try LoopbackServer([.init()], security: .wantsCertificate)
        let bare = try client(server)
        #expect(failure { _ = try bare.send(HTTPRequest(get: "/")) }.map(codes.contains) == true)
        let folder = try StateFolder()
        let key = try DeviceKey.obtain(in: folder.state())
        let old = try TestCertificates.shared().sign(CertificateSigningRequest(key: key.privateKey).pem, days: -1)
        let expired = try client(server, credential: .init(certificate: Array(old.utf8), key: key.pem))
        #expect(failure { _ = try expired.send(HTTPRequest(get: "/")) }.map(codes.contains) == true)
        #expect(try server.requests().isEmpty)
    }

    @Test func aCertificateOfAnotherKeyIsRefusedHere() throws {
        let folder = try StateFolder()
        let key = try DeviceKey.obtain(in: folder.state())
        let certificate = try TestCertificates.shared().text("server.chain")
        let server = try LoopbackServer([.init()])
        let client = try client(server, credential: .init(certificate: Array(certificate.utf8), key: key.pem))
        #expect(throws: DeliveryFailure(.unauthorized)) { try client.send(HTTPRequest(get: "/")) }
    }

    @Test("only the one authority is trusted") func refusesOtherServers() throws {
        let server = try LoopbackServer([.init()])
        #expect(throws: DeliveryFailure(.untrusted)) {
            try client(server, authority: "otherca.pem").send(HTTPRequest(get: "/"))
        }
        let elsewhere = try LoopbackServer([.init()], certificate: "elsewhere")
        #expect(throws: DeliveryFailure(.untrusted)) { try client(elsewhere).send(HTTPRequest(get: "/")) }
        let expired = try LoopbackServer([.init()], certificate: "expired")
        #expect(throws: DeliveryFailure(.serverCertificateExpired)) {
            try client(expired).send(HTTPRequest(get: "/"))
        }
        for server in [server, elsewhere, expired] { #expect(try server.requests().isEmpty) }
    }

    @Test func refusesOldTLS() throws {
        let server = try LoopbackServer([.init()], security: .old)
        #expect(throws: DeliveryFailure(.tlsFailed)) { try client(server).send(HTTPRequest(get: "/")) }
    }

    @Test func followsNoRedirect() throws {
        let server = try LoopbackServer([.init(status: 302, headers: ["Location": "/elsewhere"])])
        #expect(try client(server).send(HTTPRequest(get: "/")).status == 302)
        #expect(try server.requests().count == 1)
    }

    @Test func boundsTheAnswer() throws {
        let body = String(repeating: "a", count: HTTPExchange.answerLimit + 1)
        let server = try LoopbackServer([.init(body: body)])
        #expect(throws: DeliveryFailure(.answerTooLarge)) { try client(server).send(HTTPRequest(get: "/")) }
        let fields = Dictionary(uniqueKeysWithValues: (0..<80).map { ("X-\($0)", String(repeating: "b", count: 1000)) })
        let chatty = try LoopbackServer([.init(headers: fields)])
        #expect(throws: DeliveryFailure(.answerTooLarge)) { try client(chatty).send(HTTPRequest(get: "/")) }
    }

    @Test func namesAnUnreachableCollector() throws {
        let server = try LoopbackServer([.init()])
        let client = try HTTPClient(
            CollectorAddress("https://127.0.0.1:1"), authority: Array(TestCertificates.shared().text("ca.pem").utf8),
            credential: nil)
        let failure = failure { _ = try client.send(HTTPRequest(get: "/")) }
        #expect(failure == DeliveryFailure(.unreachable))
        #expect(failure?.detail.contains("https://127.0.0.1:1") == true)
        _ = server
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/9.9 banana\r\n\r\n", "\u{0}\u{1}\u{2}"])
    func namesAnAnswerThatIsNotHTTP(_ text: String) throws {
        let server = try LoopbackServer([.init(raw: Data(text.utf8).base64EncodedString())])
        let failure = failure { _ = try client(server).send(HTTPRequest(get: "/")) }
        #expect(failure == DeliveryFailure(.malformedAnswer), "\(String(describing: failure))")
    }

    @Test func aBrokenConnectionIsTransient() throws {
        let server = try LoopbackServer([.init(hangsUp: true)])
        let failure = failure { _ = try client(server).send(HTTPRequest(get: "/")) }
        #expect(failure == DeliveryFailure(.unreachable))
        #expect(failure?.code.isTransient == true)
    }

    @Test func stopsWhenToldTo() throws {
        let server = try LoopbackServer([.init()])
        #expect(throws: DeliveryFailure(.cancelled)) {
            try client(server, isCancelled: { true }).send(HTTPRequest(get: "/"))
        }
    }

    @Test("the probe sees the whole chain and sends no request") func probesTheChain() throws {
        let server = try LoopbackServer([.init()])
        let presented = try HTTPClient.presentedCertificates(by: CollectorAddress(server.address))
        #expect(presented.count == 2)
        let expected = try CertificateFacts(pem: TestCertificates.shared().text("ca.pem"))
        #expect(try CertificateFacts(pem: presented[1]) == expected)
        #expect(try server.requests().isEmpty)
    }
}
