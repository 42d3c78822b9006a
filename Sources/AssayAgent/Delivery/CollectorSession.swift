internal import AssayModel
package import AssayReport
package import Logging

/// An enrolled device with a connection to its collector.
package struct CollectorSession {
    /// The enrolment.
    package let enrollment: EnrollmentRecord
    /// The device key.
    package let key: DeviceKey
    /// The connection, with the device's certificate.
    package let client: HTTPClient

    /// Seconds by which the clocks of device and collector may differ without a word.
    private static let clockTolerance: Int64 = 300

    /// Opens the session of a state folder that the caller has locked, and renews the certificate when it is due.
    ///
    /// A failed renewal is logged and tried again with the next session, as long as the certificate is valid.
    ///
    /// - Parameter mayRenew: false where the folder is not locked and so nothing in it may be replaced.
    package init(
        state: AgentState, log: Logger, now: Int64, timeouts: HTTPClient.Timeouts = .init(), mayRenew: Bool = true,
        isCancelled: @escaping () -> Bool = { false }
    ) throws {
        var record = try state.enrollment()
        guard let key = try DeviceKey(in: state) else {
            throw StateFailure.keyGone(state)
        }
        let certificate = try CertificateFacts(pem: record.certificate)
        // No reason to stay away: it is the collector's clock that judges this certificate.
        if certificate.notBefore - now > Self.clockTolerance {
            log.error(
                "this device's clock is behind its own certificate; set the clock, enrolling again would not help",
                metadata: [
                    "clock": "\(Timestamp(seconds: now))",
                    "certificate": "\(Timestamp(seconds: certificate.notBefore))",
                ])
        }
        guard now <= certificate.notAfter else {
            throw DeliveryFailure(
                .certificateExpired,
                "\(record.collector): it ended \(Timestamp(seconds: certificate.notAfter)); enrol again with a new token, "
                    + "or set this device's clock")
        }
        do {
            let enroller = Enroller(state: state, log: log, timeouts: timeouts)
            if mayRenew { record = try enroller.renewIfDue(record, at: now) ?? record }
        } catch {
            log.warning("certificate not renewed", metadata: ["reason": "\(error)"])
        }
        enrollment = record
        self.key = key
        client = try HTTPClient(
            record.collector, authority: Array(record.authority.utf8),
            credential: .init(certificate: Array(record.certificate.utf8), key: key.pem), timeouts: timeouts,
            isCancelled: isCancelled)
    }

    /// What the collector says of this device (`GET /v1/device`).
    package func status() throws -> DeviceStatus { try get(DeviceStatus.self, "/v1/device") }

    /// What only the collector knows of this device (`GET /v1/device/findings`).
    package func fleetView() throws -> FleetView { try get(FleetView.self, "/v1/device/findings") }

    private func get<T: Decodable>(_ type: T.Type, _ path: String) throws -> T {
        let response = try client.send(HTTPRequest(get: path))
        let answer = CollectorAnswer(response, from: client.address)
        guard response.status == 200 else { throw answer.failure }
        return try answer.decode(type)
    }
}

extension StateFailure {
    /// An enrolment without its key, as after a folder that was restored in part.
    static func keyGone(_ state: AgentState) -> StateFailure {
        StateFailure(.notEnrolled, path: state.directory, "the device key is gone; enrol again")
    }
}
