package import AssayModel

/// Body of `POST /v1/enroll`.
package struct EnrollmentRequest: Sendable, Hashable, Codable {
    /// `<id>.<secret>` of the join token.
    package var token: String
    /// PKCS#10 request, PEM.
    package var csr: String
    /// What the device says of itself, so that an operator can tell it from others.
    package var device: DeviceFacts

    /// Asks for a device certificate.
    package init(token: String, csr: String, device: DeviceFacts) {
        self.token = token
        self.csr = csr
        self.device = device
    }
}

/// Body of `POST /v1/renew`.
package struct RenewalRequest: Sendable, Hashable, Codable {
    /// PKCS#10 request for the same key, PEM.
    package var csr: String

    /// Asks for the next certificate.
    package init(csr: String) { self.csr = csr }
}

/// Answer of `POST /v1/enroll` and `POST /v1/renew`.
package struct EnrollmentAnswer: Sendable, Hashable, Codable {
    /// The device id.
    package var deviceID: ContentDigest
    /// The device certificate, PEM.
    package var certificate: String
    /// The CA certificate, PEM.
    package var authority: String
    /// When the device certificate ends, RFC 3339 in UTC.
    package var notAfter: String

    /// Answers with a certificate.
    package init(deviceID: ContentDigest, certificate: String, authority: String, notAfter: String) {
        self.deviceID = deviceID
        self.certificate = certificate
        self.authority = authority
        self.notAfter = notAfter
    }
}
