internal import AssayBytes
package import AssayModel
internal import FoundationEssentials

/// Certificates of the issuers that are trusted, as somebody named them.
package struct TrustAnchors: Sendable {
    private let certificates: [IssuerCertificate]
    private let now: RecordMoment

    /// Reads PEM with any number of certificates, or one in DER.
    ///
    /// - Parameters:
    ///   - bytes: the certificates.
    ///   - now: moment at which certificates between these and a platform certificate must hold; that of the call when nil.
    package init(_ bytes: [UInt8], now: RecordMoment? = nil) throws(RecordFailure) {
        self.now = now ?? RecordMoment(seconds: Int64(Date().timeIntervalSince1970))
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
        var path = CertificatePath(anchors: certificates, intermediates: intermediates, now: now)
        guard try path.leadsFromAnchor(to: certificate) else {
            throw RecordFailure(.untrusted, field: field, detail: path.refusal)
        }
        return RecordSignature(.verified, issuer: certificate.issuer.description, algorithm: algorithm.name)
    }
}
