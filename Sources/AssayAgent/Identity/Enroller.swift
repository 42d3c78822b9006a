package import AssayModel
package import AssayReport
internal import Crypto
package import Logging

/// Makes the device known to a collector, and keeps its certificate fresh.
package struct Enroller {
    private let state: AgentState
    private let log: Logger
    private let timeouts: HTTPClient.Timeouts

    /// An enroller over a state folder that the caller has locked.
    package init(state: AgentState, log: Logger, timeouts: HTTPClient.Timeouts = .init()) {
        self.state = state
        self.log = log
        self.timeouts = timeouts
    }

    /// Enrols with the collector at `address`; an earlier enrolment is replaced when this one succeeded.
    package func enroll(
        with address: CollectorAddress, token: JoinToken, device: DeviceFacts, now: Int64
    ) throws -> EnrollmentRecord {
        let key = try DeviceKey.obtain(in: state)
        let authority = try findAuthority(of: address, fingerprint: token.authority)
        let client = try HTTPClient(
            address, authority: Array(authority.pem.utf8), credential: nil, timeouts: timeouts)
        let request = EnrollmentRequest(
            token: token.credential, csr: try CertificateSigningRequest(key: key.privateKey).pem, device: device)
        let answer = try post("/v1/enroll", request, through: client)
        guard try CertificateFacts(pem: answer.authority).fingerprint == token.authority else {
            throw DeliveryFailure(.malformedAnswer, "\(address): the answer names another authority than the token")
        }
        // What the collector before had says nothing of this one.
        try state.sections.note(known: [])
        let record = try accept(answer, collector: address, authority: authority.pem, key: key, now: now)
        log.info("enrolled", metadata: ["collector": "\(address)", "device": "\(record.deviceID)"])
        return record
    }

    /// Renews the certificate when less than a third of its validity is left; nil when it is not due.
    package func renewIfDue(_ record: EnrollmentRecord, at now: Int64) throws -> EnrollmentRecord? {
        let certificate = try CertificateFacts(pem: record.certificate)
        guard certificate.isDueForRenewal(at: now) else { return nil }
        guard let key = try DeviceKey(in: state) else {
            throw StateFailure(.notEnrolled, path: state.directory, "the device key is gone; enrol again")
        }
        let client = try HTTPClient(
            record.collector, authority: Array(record.authority.utf8),
            credential: .init(certificate: Array(record.certificate.utf8), key: key.pem), timeouts: timeouts)
        let request = RenewalRequest(csr: try CertificateSigningRequest(key: key.privateKey).pem)
        let answer = try post("/v1/renew", request, through: client)
        let renewed = try accept(
            answer, collector: record.collector, authority: record.authority, key: key, now: now)
        log.info("certificate renewed", metadata: ["until": "\(answer.notAfter)"])
        return renewed
    }

    /// The presented certificate that the token's fingerprint names.
    private func findAuthority(
        of address: CollectorAddress, fingerprint: ContentDigest
    ) throws(DeliveryFailure) -> CertificateFacts {
        let presented = try HTTPClient.presentedCertificates(by: address, timeouts: timeouts)
        for pem in presented {
            if let facts = try? CertificateFacts(pem: pem), facts.fingerprint == fingerprint { return facts }
        }
        throw DeliveryFailure(
            .untrusted,
            "\(address): none of the \(presented.count) certificates that the server presents is the authority of the "
                + "token (\(fingerprint)); the token is another collector's, or another server answers. Nothing secret "
                + "was sent")
    }

    private func post(
        _ path: String, _ request: some Encodable, through client: HTTPClient
    ) throws -> EnrollmentAnswer {
        let body = try CanonicalJSON.encode(request)
        let response = try client.send(HTTPRequest(post: path, .bytes(body), isCompressed: false))
        let answer = CollectorAnswer(response, from: client.address)
        guard response.status == 200 else { throw answer.failure }
        return try answer.decode(EnrollmentAnswer.self)
    }

    private func accept(
        _ answer: EnrollmentAnswer, collector: CollectorAddress, authority: String, key: DeviceKey, now: Int64
    ) throws -> EnrollmentRecord {
        let certificate = try CertificateFacts(pem: answer.certificate)
        guard certificate.publicKey == Array(key.privateKey.publicKey.derRepresentation),
            answer.deviceID == key.identity.id
        else { throw DeliveryFailure(.malformedAnswer, "\(collector): the certificate is for another key") }
        let record = EnrollmentRecord(
            collector: collector, deviceID: answer.deviceID, certificate: certificate.pem, authority: authority,
            issuedAt: Timestamp(seconds: now).description)
        try state.store(record)
        return record
    }
}
