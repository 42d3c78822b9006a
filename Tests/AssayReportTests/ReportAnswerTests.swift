import AssayModel
import Testing

@testable import AssayReport

@Suite struct ReportAnswerTests {
    private let digest = ContentDigest.sha256(of: [])

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }

    @Test func wireFormsAreFixed() throws {
        let acknowledgement = ReportAcknowledgement(
            report: digest, verdict: .pass, findings: .init(low: 2), next: .init(after: 3600, spread: 600), nonce: "n")
        #expect(
            try text(acknowledgement) == """
                {"findings":{"critical":0,"high":0,"low":2,"medium":0},"next":{"after":3600,"spread":600},"nonce":"n",\
                "report":"\(digest)","verdict":"pass"}
                """)
        for nonce in ["n", nil] {
            var answer = acknowledgement
            answer.nonce = nonce
            #expect(String(decoding: answer.encoded(), as: UTF8.self) == (try text(answer)))
        }
        #expect(
            try text(MissingContent(report: digest, missing: [digest]))
                == #"{"missing":["\#(digest)"],"report":"\#(digest)"}"#)
        let problem = ProblemDetail(
            code: "sequence-replayed", title: "Sequence replayed", status: 409, detail: nil, sequence: 7)
        #expect(
            try text(problem) == """
                {"sequence":7,"status":409,"title":"Sequence replayed","type":"urn:assay:problem:sequence-replayed"}
                """)
        #expect(problem.code == "sequence-replayed")
        #expect(try text(RenewalRequest(csr: "a/b")) == #"{"csr":"a/b"}"#)
    }

    @Test func foreignProblemsHaveNoCode() {
        var problem = ProblemDetail(code: "x", title: "", status: 500, detail: nil)
        problem.type = "about:blank"
        #expect(problem.code == nil)
    }
}
