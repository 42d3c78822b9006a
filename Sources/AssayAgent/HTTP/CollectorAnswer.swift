internal import AssayModel
internal import AssayReport

/// An answer of a collector, read by the rules of the contract.
struct CollectorAnswer {
    let response: HTTPResponse
    let address: CollectorAddress

    init(_ response: HTTPResponse, from address: CollectorAddress) {
        self.response = response
        self.address = address
    }

    /// The body as `T`.
    func decode<T: Decodable>(_ type: T.Type) throws(DeliveryFailure) -> T {
        do { return try CanonicalJSON.decode(type, from: response.body) } catch {
            throw DeliveryFailure(
                .malformedAnswer,
                "\(address): status \(response.status) without the body it should have; is that a "
                    + "collector?")
        }
    }

    /// What an answer with an error status means for the agent.
    var failure: DeliveryFailure {
        let problem = self.problem
        let code = meaning(of: problem?.code)
        return DeliveryFailure(
            code, "\(address): status \(response.status), \(words)\(advice(code))", retryAfter: response.retryAfter,
            acceptedSequence: problem?.sequence, problem: problem?.code)
    }

    /// What a problem document says, or that there is none.
    var words: String {
        guard let problem else { return "no explanation" }
        // The title says what is wrong, the detail where or why.
        return [problem.title, problem.detail].compactMap { $0.map(Self.words) }.joined(separator: ": ")
    }

    /// Whether a 413 is about the size of this one request: a proxy's or the collector's word, not a limit for the report.
    var isAboutSize: Bool { problem?.code == nil || problem?.code == "too-large" }

    /// Problems that will come again whenever the same report is sent.
    private static let finalProblems: Set<String> = [
        "malformed", "too-large", "pending-limit", "signature-invalid", "key-mismatch", "csr-invalid",
        "sequence-replayed",
    ]

    private var problem: ProblemDetail? {
        guard response.mediaType == ProblemDetail.mediaType else { return nil }
        return try? CanonicalJSON.decode(ProblemDetail.self, from: response.body)
    }

    private func meaning(of problem: String?) -> DeliveryFailure.Code {
        // A proxy's error page is not the collector's word on a report: only a named problem is final.
        let isFinal = problem.map(Self.finalProblems.contains) ?? false
        return switch response.status {
        case 409 where problem == "sequence-replayed": .replayed
        case 400, 409, 413: isFinal ? .refused : .malformedAnswer
        case 403: isFinal ? .refused : .unauthorized
        case 401: .unauthorized
        case 429, 503: .busy
        case 500...599: .serverFault
        default: .malformedAnswer
        }
    }

    private func advice(_ code: DeliveryFailure.Code) -> String {
        switch code {
        case .unauthorized where problem?.code?.hasPrefix("token-") == true:
            "; ask for a new token: assay-collector token create"
        case .unauthorized: "; enrol this device again if it should report here"
        case .malformedAnswer: "; is that a collector?"
        case .busy, .serverFault: "; it is tried again by itself"
        default: ""
        }
    }

    /// A stranger's words for a terminal or a log: one line of bounded length.
    private static func words(_ text: String) -> String {
        var words = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(300) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: words.append(" ")
            default: words.append(scalar)
            }
        }
        return String(words)
    }
}
