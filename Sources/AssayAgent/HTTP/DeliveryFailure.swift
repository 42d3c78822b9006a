/// Why nothing, or not the expected, came back from a collector.
///
/// Two failures are equal when their codes are; a test compares with a freshly made one.
package struct DeliveryFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure.
    package struct Code: Sendable, Hashable {
        let name: String
        /// Whether the same attempt can succeed later without anybody doing anything.
        package let isTransient: Bool

        private init(_ name: String, isTransient: Bool = false) {
            self.name = name
            self.isTransient = isTransient
        }

        /// The collector's address cannot be used.
        package static let badAddress = Code("unusable address")
        /// No connection, or it broke.
        package static let unreachable = Code("collector unreachable", isTransient: true)
        /// The collector did not answer in time.
        package static let timedOut = Code("no answer in time", isTransient: true)
        /// The server's certificate is not one of the authority that this device trusts.
        package static let untrusted = Code("server not trusted")
        /// The server's certificate has expired, or this device's clock is wrong.
        package static let serverCertificateExpired = Code("server certificate expired", isTransient: true)
        /// This device's certificate has expired.
        package static let certificateExpired = Code("device certificate expired")
        /// The server offers no TLS 1.3.
        package static let tlsFailed = Code("no secure connection", isTransient: true)
        /// The collector does not accept this device or this token.
        package static let unauthorized = Code("not accepted")
        /// The collector refused a report for good.
        package static let refused = Code("report refused")
        /// The collector has a report with this number or a later one.
        package static let replayed = Code("report number used")
        /// The collector asks to come back later.
        package static let busy = Code("collector busy", isTransient: true)
        /// The collector has a fault of its own.
        package static let serverFault = Code("collector fault", isTransient: true)
        /// The answer is not what the contract says.
        package static let malformedAnswer = Code("answer not understood", isTransient: true)
        /// The answer is larger than any the contract has.
        package static let answerTooLarge = Code("answer too large", isTransient: true)
        /// One object of content is more than the collector, or something on the way to it, takes.
        package static let contentTooLarge = Code("content too large")
        /// Content that the collector asks for is no longer here.
        package static let contentLost = Code("content no longer here")
        /// The content could not be read while it was sent.
        package static let contentUnreadable = Code("content unreadable")
        /// The agent was told to stop.
        package static let cancelled = Code("stopped", isTransient: true)
    }

    /// The kind of failure.
    package let code: Code
    /// Lower-case words: what was tried, what happened and what to do.
    package let detail: String
    /// Seconds that the collector asks to wait.
    package let retryAfter: Int?
    /// Last number that the collector accepted; with ``Code/replayed``.
    package let acceptedSequence: UInt64?
    /// The problem type that the collector named.
    package let problem: String?

    /// Makes a failure.
    package init(
        _ code: Code, _ detail: String = "", retryAfter: Int? = nil, acceptedSequence: UInt64? = nil,
        problem: String? = nil
    ) {
        self.code = code
        self.detail = detail
        self.retryAfter = retryAfter
        self.acceptedSequence = acceptedSequence
        self.problem = problem
    }

    /// Compares the codes alone.
    package static func == (left: DeliveryFailure, right: DeliveryFailure) -> Bool { left.code == right.code }

    /// Hashes the code alone.
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// The failure in words.
    package var description: String { detail.isEmpty ? code.name : "\(code.name): \(detail)" }
}
