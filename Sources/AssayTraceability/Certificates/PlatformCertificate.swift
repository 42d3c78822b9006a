package import AssayModel

/// A TCG platform certificate: who built which platform of what.
///
/// Profiles 1.0, 1.1 and 2.x, as an attribute certificate (RFC 5755) or with a public key (RFC 5280), base or delta.
package struct PlatformCertificate: Sendable, Hashable {
    /// Which of the two structures it has.
    package enum Structure: String, Sendable, Hashable {
        case attribute, publicKey
    }

    /// What the platform is called.
    package struct Platform: Sendable, Hashable {
        package var manufacturer: String?
        package var manufacturerID: String?
        package var model: String?
        package var version: String?
        package var serial: String?
    }

    /// Version of a TCG specification.
    package struct Specification: Sendable, Hashable {
        package var major = 0
        package var minor = 0
        package var revision = 0
    }

    /// The certificate that the platform certificate is bound to: of the TPM's endorsement key for a base, of the amended
    /// certificate for a delta.
    package struct Holder: Sendable, Hashable {
        package var issuer: DistinguishedName?
        package var serial: String?
    }

    package var structure: Structure
    /// Its own issuer.
    package var issuer: DistinguishedName
    package var serialNumber: String
    package var holder: Holder?
    package var validFrom: String
    package var validUntil: String
    /// Whether it amends another one.
    package var isDelta = false
    package var platform = Platform()
    package var platformSpecification: Specification?
    package var platformClass: [UInt8]?
    package var credentialSpecification: Specification?
    package var securityAssertions: TBBSecurityAssertions?
    /// Version of the configuration attribute: 1, 2 or 3; nil without one.
    package var configurationVersion: Int?
    package var components: [PlatformComponent] = []
    package var componentsURI: URIReference?
    package var properties: [PlatformProperty] = []
    package var propertiesURI: URIReference?
    package var configurationURI: URIReference?
    /// Certificates that came before (profile 2.x), the first one first.
    package var previous: [CertificateReference] = []
    /// Identifier of the issuer's key; nil when the certificate has none.
    package var authorityKeyIdentifier: String?
    package var signatureAlgorithm: SignatureAlgorithm
    package var signature: [UInt8]
    /// The octets that the signature is over.
    package var signed: [UInt8]
    /// What was tolerated, in words.
    package var notes: [String] = []

    /// The certificate's name.
    package var name: CertificateName { CertificateName(issuer: issuer.description, serial: serialNumber) }

    /// The certificate that a delta amends; nil for a base, or where a delta does not say.
    package var amended: CertificateName? {
        guard isDelta else { return nil }
        if let last = previous.last(where: { $0.name != nil }) { return last.name }
        guard let issuer = holder?.issuer, let serial = holder?.serial else { return nil }
        return CertificateName(issuer: issuer.description, serial: serial)
    }
}
