/// The name that a certificate has for good: who issued it, and under which number.
public struct CertificateName: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Distinguished name of the issuer in the order of the certificate: `C=US,O=org,CN=ca`.
    public var issuer: String
    /// Serial number in lower-case hexadecimal without leading zeros.
    public var serial: String

    /// Names a certificate.
    public init(issuer: String, serial: String) {
        self.issuer = issuer
        self.serial = serial
    }

    /// Issuer and number in one text.
    public var description: String { "certificate \(serial) of \(issuer)" }

    private enum CodingKeys: String, CodingKey, CaseIterable { case issuer, serial }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try values.decode(String.self, forKey: .issuer)
        serial = try values.decode(String.self, forKey: .serial)
    }
}
