internal import AssayBytes
package import AssayModel
internal import AssayReport
internal import Crypto
package import Foundation
internal import SwiftASN1
internal import X509

/// The authority that vouches for the server and for every device.
package struct CertificateAuthority: Sendable {
    private static let authorityValidity: TimeInterval = 10 * 365 * 86_400
    private static let serverValidity: TimeInterval = 365 * 86_400
    /// How long a device certificate is valid.
    package static let deviceValidity: TimeInterval = 365 * 86_400
    /// Clocks of devices run late; a certificate must not seem to come from their future.
    private static let backdating: TimeInterval = 3600

    private let certificate: Certificate
    private let key: Certificate.PrivateKey
    /// The certificate, PEM.
    package let certificatePEM: String
    /// The certificate, DER.
    package let certificateDER: [UInt8]

    /// SHA-256 of the certificate's DER: what join tokens carry.
    package var fingerprint: ContentDigest { .sha256(of: certificateDER) }

    /// Reads an authority; the key must belong to the certificate, and the certificate must be one of an authority.
    ///
    /// `files` names what is wrong to a person.
    package init(
        certificatePEM: String, keyPEM: String,
        files: (certificate: String, key: String) = ("the authority's certificate", "the authority's key")
    ) throws {
        guard let certificate = try? Certificate(pemEncoded: certificatePEM) else {
            throw CollectorFailure(.data, "\(files.certificate) is not a certificate in PEM form")
        }
        guard let key = try? Certificate.PrivateKey(pemEncoded: keyPEM) else {
            throw CollectorFailure(.data, "\(files.key) is not a private key in PEM form, without a password")
        }
        self.certificate = certificate
        self.key = key
        guard certificate.publicKey == key.publicKey else {
            throw CollectorFailure(.data, "the authority's key does not belong to its certificate")
        }
        guard case .isCertificateAuthority = try? certificate.extensions.basicConstraints else {
            throw CollectorFailure(
                .data, "the certificate is not that of an authority",
                nextStep: "use one with basicConstraints CA:TRUE")
        }
        self.certificatePEM = try certificate.serializeAsPEM().pemString
        certificateDER = try Self.der(certificate)
    }

    /// Makes a new authority with a P-256 key that is valid for ten years; returns the key as PEM beside it.
    package static func create(at now: Date = .now) throws -> (authority: CertificateAuthority, keyPEM: String) {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let name = try DistinguishedName {
            CommonName("Assay device authority \(Hex.string(Secret.randomBytes(4)))")
        }
        let keyID = subjectKeyIdentifier(key.publicKey)
        let certificate = try Certificate(
            version: .v3, serialNumber: serialNumber(), publicKey: key.publicKey,
            notValidBefore: now - backdating, notValidAfter: now + authorityValidity, issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                keyID
            },
            issuerPrivateKey: key)
        let keyPEM = try key.serializeAsPEM().pemString
        let authority = try CertificateAuthority(
            certificatePEM: certificate.serializeAsPEM().pemString, keyPEM: keyPEM)
        return (authority, keyPEM)
    }

    /// Issues a certificate for the server under the names and addresses that clients use; returns PEM and key PEM.
    package func issueServer(names: [String], at now: Date = .now) throws -> (certificatePEM: String, keyPEM: String) {
        let serverKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let issued = try issue(
            publicKey: serverKey.publicKey, commonName: names.first ?? "localhost", usage: .serverAuth,
            alternatives: names.map(Self.generalName), from: now, until: now + Self.serverValidity)
        return (try issued.serializeAsPEM().pemString, try serverKey.serializeAsPEM().pemString)
    }

    /// Issues a client certificate for a device key.
    func issueDevice(_ request: DeviceCertificateRequest, at now: Date = .now) throws -> (pem: String, notAfter: Date) {
        // A moment of X.509 has whole seconds; what is stored must be what the certificate says.
        let end = Date(timeIntervalSince1970: (now.timeIntervalSince1970 + Self.deviceValidity).rounded(.down))
        // A common name holds 64 characters (X.520, ub-common-name): the id's digits without their algorithm.
        let issued = try issue(
            publicKey: request.publicKey, commonName: request.identity.id.hex, usage: .clientAuth,
            alternatives: [.uniformResourceIdentifier("urn:assay:device:\(request.identity.id)")], from: now,
            until: min(end, certificate.notValidAfter))
        return (try issued.serializeAsPEM().pemString, issued.notValidAfter)
    }

    private func issue(
        publicKey: Certificate.PublicKey, commonName: String, usage: ExtendedKeyUsage.Usage,
        alternatives: [GeneralName], from now: Date, until end: Date
    ) throws -> Certificate {
        let subjectKey = Self.subjectKeyIdentifier(publicKey)
        let authorityKey = AuthorityKeyIdentifier(
            keyIdentifier: (try? certificate.extensions.subjectKeyIdentifier?.keyIdentifier)
                ?? Self.subjectKeyIdentifier(certificate.publicKey).keyIdentifier)
        return try Certificate(
            version: .v3, serialNumber: Self.serialNumber(), publicKey: publicKey,
            notValidBefore: now - Self.backdating, notValidAfter: end, issuer: certificate.subject,
            subject: try DistinguishedName { CommonName(commonName) }, signatureAlgorithm: signatureAlgorithm,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([usage])
                SubjectAlternativeNames(alternatives)
                subjectKey
                authorityKey
            },
            issuerPrivateKey: key)
    }

    private var signatureAlgorithm: Certificate.SignatureAlgorithm {
        if P384.Signing.PublicKey(certificate.publicKey) != nil { return .ecdsaWithSHA384 }
        if P256.Signing.PublicKey(certificate.publicKey) != nil { return .ecdsaWithSHA256 }
        return .sha256WithRSAEncryption
    }

    private static func generalName(_ name: String) -> GeneralName {
        if let address = try? IPAddressText.bytes(name) {
            return .ipAddress(ASN1OctetString(contentBytes: address[...]))
        }
        return .dnsName(name)
    }

    /// Method 1 of RFC 7093, 2: the first 160 bits of SHA-256 over the key's bits.
    private static func subjectKeyIdentifier(_ key: Certificate.PublicKey) -> SubjectKeyIdentifier {
        SubjectKeyIdentifier(
            keyIdentifier: Array(SHA256.hash(data: Array(key.subjectPublicKeyInfoBytes)).prefix(20))[...])
    }

    /// 16 random bytes, positive and not zero (RFC 5280, 4.1.2.2).
    private static func serialNumber() -> Certificate.SerialNumber {
        var bytes = Secret.randomBytes(16)
        bytes[0] = bytes[0] & 0x7f | 0x40
        return Certificate.SerialNumber(bytes: bytes)
    }

    private static func der(_ certificate: Certificate) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }
}
