package import AssayModel

/// What enrolment left in the state folder: one file, so that its parts always belong together.
package struct EnrollmentRecord: Sendable, Hashable, Codable {
    static let fileName = "enrollment.json"

    /// The collector.
    package var collector: CollectorAddress
    /// This device.
    package var deviceID: ContentDigest
    /// The device certificate, PEM.
    package var certificate: String
    /// The one CA certificate that the collector is verified against, PEM.
    package var authority: String
    /// When the certificate was issued here, RFC 3339.
    package var issuedAt: String
}

extension AgentState {
    /// Reads the enrolment; fails with ``StateFailure/Code/notEnrolled`` when there is none.
    package func enrollment() throws(StateFailure) -> EnrollmentRecord {
        guard let record = try json(EnrollmentRecord.self, EnrollmentRecord.fileName) else {
            throw StateFailure(
                .notEnrolled, path: directory, "run: assay-agent enroll --collector https://HOST:PORT --token TOKEN")
        }
        return record
    }

    /// Stores the enrolment for good.
    func store(_ record: EnrollmentRecord) throws(StateFailure) {
        try store(json: record, EnrollmentRecord.fileName)
    }
}
