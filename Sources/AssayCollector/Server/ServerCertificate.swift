internal import Foundation
internal import NIOSSL
internal import SwiftASN1
internal import X509

/// The certificate that the server presents: issued by the authority, and again before it ends or when names change.
struct ServerCertificate {
    private static let renewBefore: TimeInterval = 30 * 86_400

    let certificate: NIOSSLCertificate
    let key: NIOSSLPrivateKey

    /// Reads it from the state folder or issues it there.
    static func load(
        from state: StateDirectory, authority: CertificateAuthority, names: [String], at now: Date = .now
    ) throws -> ServerCertificate {
        if let pem = try state.read(state.serverCertificate), let keyPEM = try state.read(state.serverKey),
            let known = try? Certificate(pemEncoded: pem), known.notValidAfter > now + renewBefore,
            let issuer = try? Certificate(pemEncoded: authority.certificatePEM),
            issuer.publicKey.isValidSignature(known.signature, for: known),
            Self.names(of: known) == Set(names.map(Self.fold))
        {
            if let whole = try? ServerCertificate(pem: pem, keyPEM: keyPEM) { return whole }
        }
        let issued = try authority.issueServer(names: names, at: now)
        try state.write(issued.keyPEM, to: state.serverKey)
        try state.write(issued.certificatePEM, to: state.serverCertificate, mode: 0o644)
        return try ServerCertificate(pem: issued.certificatePEM, keyPEM: issued.keyPEM)
    }

    private init(pem: String, keyPEM: String) throws {
        guard let first = try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)).first else {
            throw CollectorFailure(.data, "the server's certificate file holds no certificate")
        }
        certificate = first
        key = try NIOSSLPrivateKey(bytes: Array(keyPEM.utf8), format: .pem)
    }

    private static func names(of certificate: Certificate) -> Set<String> {
        guard let names = try? certificate.extensions.subjectAlternativeNames else { return [] }
        return Set(
            names.compactMap { name in
                switch name {
                case .dnsName(let text): fold(text)
                case .ipAddress(let address): Array(address.bytes).description
                default: nil
                }
            })
    }

    /// One spelling for each name: an address by its bytes, a host name in lower case.
    private static func fold(_ name: String) -> String {
        (try? IPAddressText.bytes(name).description) ?? name.lowercased()
    }
}
