import Foundation
import Testing

/// A trusted server that does not speak as a collector does: a clear message, and nothing is lost.
@Suite(.serialized, .ownThread) struct StrangeServerTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var answer: StrangeServer.Answer
        var status: Int32 = 69
        var words: String
    }

    static let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>welcome</html>"
    static let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n"

    static func json(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static let cases: [Case] = [
        Case(testDescription: "not HTTP", answer: .bytes("220 mail ready\r\n"), words: "answer not understood"),
        Case(testDescription: "a page", answer: .bytes(page), words: "answer not understood"),
        Case(testDescription: "no JSON", answer: .bytes(json("{")), words: "answer not understood"),
        Case(
            testDescription: "JSON of another shape", answer: .bytes(json(#"{"report":7,"verdict":["pass"]}"#)),
            words: "answer not understood"),
        Case(
            testDescription: "a huge body", answer: .endless("HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n"),
            words: "answer too large"),
        Case(testDescription: "a body without end", answer: .endless(chunks), words: "answer too large"),
        Case(
            testDescription: "fields without end", answer: .endless("HTTP/1.1 200 OK\r\nX: "),
            words: "answer too large"),
        Case(
            testDescription: "a redirect",
            answer: .bytes(
                "HTTP/1.1 307 Moved\r\nLocation: https://localhost:1/elsewhere\r\nContent-Length: 0\r\n\r\n"),
            words: "status 307"),
        Case(
            testDescription: "a fault", answer: .bytes("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
            words: "collector fault"),
        Case(
            testDescription: "a bad gateway",
            answer: .bytes("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nnginx"),
            words: "it is tried again by itself"),
        Case(
            testDescription: "an answer cut short",
            answer: .bytes("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"), words: "unreachable"),
        Case(testDescription: "nothing", answer: .nothing, words: "unreachable"),
    ]

    @Test("whatever the server answers, the report is kept and delivered when the collector is back")
    func strangeAnswers() throws {
        let collector = try LiveCollector()
        let agent = try LiveAgent()
        #expect(try agent.enroll(collector).status == 0)
        collector.kill()
        for (number, strange) in Self.cases.enumerated() {
            let server = try StrangeServer(inPlaceOf: collector, strange.answer)
            let result = try agent.report()
            server.close()
            #expect(result.status == strange.status, "\(strange.testDescription): \(result.errors)")
            #expect(result.errors.contains(strange.words), "\(strange.testDescription): \(result.errors)")
            #expect(result.errors.contains(collector.address), "\(strange.testDescription): \(result.errors)")
            #expect(try agent.spooled().count == number + 1, "\(strange.testDescription)")
        }
        try collector.start()
        let delivered = try agent.report()
        #expect(delivered.status == 0, "\(delivered.errors)")
        #expect(delivered.view["acknowledged"] as? Int == Self.cases.count + 1)
        #expect(try agent.spooled().isEmpty)
        let device = try collector.json(["devices", "show", try agent.deviceID()])
        #expect(device["sequence"] as? Int == Self.cases.count + 1)
        #expect(try collector.findings(of: agent.deviceID()).isEmpty)
    }
}
