import AssayModel
import AssayReport
import Testing

@testable import AssayAgent

@Suite struct CollectorAnswerTests {
    private let address: CollectorAddress

    init() throws { address = try CollectorAddress("https://collector.example:8443") }

    private func answer(
        _ status: Int, problem code: String? = nil, type: String = ProblemDetail.mediaType, detail: String? = "d",
        sequence: UInt64? = nil, headers: [String: String] = [:]
    ) throws -> CollectorAnswer {
        var response = HTTPResponse(status: status, headers: headers, body: [])
        if let code {
            response.headers["content-type"] = type
            response.body = try CanonicalJSON.encode(
                ProblemDetail(code: code, title: "t", status: status, detail: detail, sequence: sequence))
        }
        return CollectorAnswer(response, from: address)
    }

    @Test(
        "a status means what the contract says, and a refusal is final only when the collector names it",
        arguments: [
            (400, "malformed", .refused), (400, nil, .malformedAnswer), (400, "something-new", .malformedAnswer),
            (409, "sequence-replayed", .replayed), (409, "signature-invalid", .refused), (409, nil, .malformedAnswer),
            (413, nil, .malformedAnswer), (403, "key-mismatch", .refused), (403, nil, .unauthorized),
            (401, "token-expired", .unauthorized), (401, nil, .unauthorized), (429, nil, .busy), (503, "busy", .busy),
            (500, nil, .serverFault), (502, nil, .serverFault), (599, nil, .serverFault), (404, nil, .malformedAnswer),
            (204, nil, .malformedAnswer), (302, nil, .malformedAnswer),
        ] as [(Int, String?, DeliveryFailure.Code)])
    func meanings(_ status: Int, _ problem: String?, _ code: DeliveryFailure.Code) throws {
        let failure = try answer(status, problem: problem).failure
        #expect(failure.code == code)
        #expect(failure.problem == problem)
        #expect(failure.detail.hasPrefix("https://collector.example:8443: status \(status), "))
    }

    @Test("a proxy's page is not the collector's word", arguments: ["text/html", "application/json", ""])
    func foreign(_ type: String) throws {
        let failure = try answer(400, problem: "malformed", type: type).failure
        #expect(failure.code == .malformedAnswer)
        #expect(failure.problem == nil && failure.detail.contains("no explanation"))
    }

    @Test("what to wait and where to go on is handed over") func details() throws {
        let busy = try answer(503, headers: ["retry-after": "30"]).failure
        #expect(busy.retryAfter == 30 && busy.code.isTransient)
        let replayed = try answer(409, problem: "sequence-replayed", sequence: 12).failure
        #expect(replayed.acceptedSequence == 12)
        #expect(try answer(401, problem: "token-expired").failure.detail.contains("ask for a new token"))
        #expect(try answer(401, problem: "device-revoked").failure.detail.contains("enrol this device again"))
    }

    @Test("a stranger's words are one line of bounded length") func words() throws {
        let hostile = "a\u{1b}[2J\r\nb\u{202e}" + String(repeating: "x", count: 5000)
        let detail = try answer(400, problem: "malformed", detail: hostile).failure.detail
        #expect(detail.utf8.count < 500)
        #expect(detail.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
    }

    @Test("a body that is not what it should be is a failure that asks for the address") func bodies() throws {
        let good = HTTPResponse(status: 200, headers: [:], body: Array(#"{"report":"x"}"#.utf8))
        #expect(try CollectorAnswer(good, from: address).decode([String: String].self) == ["report": "x"])
        for body in ["", "<html>", "[]"] {
            let answer = CollectorAnswer(.init(status: 200, headers: [:], body: Array(body.utf8)), from: address)
            let failure = #expect(throws: DeliveryFailure(.malformedAnswer)) {
                try answer.decode([String: String].self)
            }
            #expect(failure?.detail.contains("is that a collector?") == true)
        }
    }
}
