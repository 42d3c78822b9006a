/// An error answer: `application/problem+json` (RFC 9457).
package struct ProblemDetail: Sendable, Hashable, Codable {
    /// Media type of the answer.
    package static let mediaType = "application/problem+json"
    private static let prefix = "urn:assay:problem:"

    /// `urn:assay:problem:<code>`.
    package var type: String
    /// A few words that are the same for every problem of this type.
    package var title: String
    /// HTTP status.
    package var status: Int
    /// What was wrong this time.
    package var detail: String?
    /// Last accepted sequence number; with `sequence-replayed` only.
    package var sequence: UInt64?

    /// Describes a problem.
    package init(code: String, title: String, status: Int, detail: String?, sequence: UInt64? = nil) {
        type = Self.prefix + code
        self.title = title
        self.status = status
        self.detail = detail
        self.sequence = sequence
    }

    /// The part of the type that names the problem: `token-expired`; nil for a foreign type.
    package var code: String? { type.hasPrefix(Self.prefix) ? String(type.dropFirst(Self.prefix.count)) : nil }
}
