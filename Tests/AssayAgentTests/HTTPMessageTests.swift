import Testing

@testable import AssayAgent

@Suite struct HTTPMessageTests {
    private func response(_ headers: [String: String]) -> HTTPResponse {
        HTTPResponse(status: 200, headers: headers, body: [])
    }

    @Test(
        "the media type without parameters, in lower case (RFC 9110, 8.3.1)",
        arguments: [
            ("application/json", "application/json"), ("Application/JSON; charset=utf-8", "application/json"),
            (" application/problem+json ;a=b", "application/problem+json"), ("", ""), (";", ""), (nil, ""),
            ("text/html text/plain", "text/html"),
        ] as [(String?, String)])
    func mediaType(_ field: String?, _ type: String) {
        #expect(response(field.map { ["content-type": $0] } ?? [:]).mediaType == type)
    }

    @Test(
        "Retry-After in seconds, up to a day (RFC 9110, 10.2.3)",
        arguments: [
            ("0", 0), ("17", 17), ("86400", 86_400), ("86401", 86_400), ("9223372036854775807", 86_400),
            ("9223372036854775808", nil), ("-1", nil), ("Fri, 31 Dec 1999 23:59:59 GMT", nil), ("", nil), ("1.5", nil),
        ] as [(String, Int?)])
    func retryAfter(_ field: String, _ seconds: Int?) {
        #expect(response(["retry-after": field]).retryAfter == seconds)
        #expect(response([:]).retryAfter == nil)
    }

    @Test func requests() {
        let question = HTTPRequest(get: "/healthz")
        #expect(question.path == "/healthz")
        if question.body != nil { Issue.record("a question has no body") }
        let report = HTTPRequest(post: "/v1/reports", .bytes([1]), isCompressed: true)
        #expect(report.contentType == "application/json" && report.isCompressed)
        guard case .bytes([1]) = report.body else {
            Issue.record("the body is another one")
            return
        }
        #expect(HTTPRequest(post: "/x", .bytes([]), contentType: "a/b", isCompressed: false).contentType == "a/b")
    }
}
