internal import AssayBytes
package import AssayModel

/// Certificates of the issuers that are trusted, as somebody named them.
package struct TrustAnchors: Sendable {
    private let certificates: [IssuerCertificate]

    /// Most certificates between a platform certificate and a trusted one.
    private static let longestPath = 8

    /// Reads PEM with any number of certificates, or one in DER.
    package init(_ bytes: [UInt8]) throws(RecordFailure) {
        let blocks = PEMBlock.isPEM(bytes) ? try PEMBlock.blocks(of: bytes).map(\.bytes) : [bytes]
        var certificates: [IssuerCertificate] = []
        for (index, block) in blocks.enumerated() {
            do { certificates.append(try IssuerCertificate(der: block)) } catch {
                throw RecordFailure(.malformed, field: "certificate \(index + 1)", detail: "\(error)")
            }
        }
        self.certificates = certificates
    }

    /// Verifies the signature of `certificate` with a trusted issuer's key, or with one that such an issuer vouches for.
    ///
    /// - Parameters:
    ///   - certificate: the platform certificate.
    ///   - intermediates: certificates that came with it; they are trusted only as far as an anchor signed them.
    package func verify(
        _ certificate: PlatformCertificate, through intermediates: [IssuerCertificate] = []
    ) throws(RecordFailure) -> RecordSignature {
        let algorithm = certificate.signatureAlgorithm
        let field = "signature of \(certificate.name)"
        guard algorithm.isKnown else {
            throw RecordFailure(.untrusted, field: field, detail: "has an unknown algorithm, \(algorithm.name)")
        }
        let keys = issuers(
            named: certificate.issuer, key: certificate.authorityKeyIdentifier, through: intermediates)
        guard !keys.isEmpty else {
            throw RecordFailure(.untrusted, field: field, detail: "no trusted certificate of \(certificate.issuer)")
        }
        for issuer in keys {
            let answer = SignatureCheck.verify(
                certificate.signature, over: certificate.signed, with: issuer.publicKey, algorithm)
            guard answer == .good else { continue }
            return RecordSignature(.verified, issuer: issuer.subject.description, algorithm: algorithm.name)
        }
        throw RecordFailure(.untrusted, field: field, detail: "does not verify with the key of \(certificate.issuer)")
    }

    /// Certificates of `name` that are trusted, themselves or through the others.
    private func issuers(
        named name: DistinguishedName, key: String?, through intermediates: [IssuerCertificate], depth: Int = 0
    ) -> [IssuerCertificate] {
        func fits(_ candidate: IssuerCertificate) -> Bool {
            guard candidate.subject == name, candidate.isAuthority != false else { return false }
            guard let key, let own = candidate.keyIdentifier else { return true }
            return key == own
        }
        let anchors = certificates.filter(fits)
        guard anchors.isEmpty, depth < Self.longestPath else { return anchors }
        return intermediates.filter(fits).filter { candidate in
            guard candidate.isAuthority == true, candidate.subject != candidate.issuer else { return false }
            return issuers(named: candidate.issuer, key: nil, through: intermediates, depth: depth + 1).contains {
                SignatureCheck.verify(
                    candidate.signature, over: candidate.signed, with: $0.publicKey, candidate.algorithm) == .good
            }
        }
    }
}
