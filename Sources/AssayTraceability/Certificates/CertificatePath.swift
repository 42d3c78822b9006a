internal import AssayModel

/// Looks for a path from a trusted certificate to a platform certificate (RFC 5280, 6.1).
///
/// The search goes up from the platform certificate, shortest paths first, and follows a signature only after it verified.
/// So each certificate is visited once, in the place where its path length forbids least.
struct CertificatePath {
    /// Most certificates between a platform certificate and a trusted one.
    static let longest = 8
    /// Most signatures that are verified; a path takes one for each of its certificates.
    static let maximumChecks = 64

    /// Something signed whose signer is looked for.
    private struct Signed {
        let issuer: DistinguishedName
        /// Identifier of the issuer's key; nil when it is not stated.
        let key: String?
        let signature: [UInt8]
        let message: [UInt8]
        let algorithm: SignatureAlgorithm
        /// Whether it is an attribute certificate, which is signed like any document.
        var isAttribute = false
    }

    /// Signatures that were verified so far.
    private(set) var checks = 0
    /// Why the search found nothing, in words.
    private(set) var refusal = ""
    private let anchors: [IssuerCertificate]
    private var unvisited: [IssuerCertificate]
    private let now: RecordMoment

    init(anchors: [IssuerCertificate], intermediates: [IssuerCertificate], now: RecordMoment) {
        self.anchors = anchors
        self.now = now
        var seen: Set<IssuerCertificate> = []
        unvisited = intermediates.filter { $0.subject != $0.issuer && seen.insert($0).inserted }
    }

    /// Whether a trusted certificate vouches for `certificate`, itself or through the others.
    mutating func leadsFromAnchor(to certificate: PlatformCertificate) throws(RecordFailure) -> Bool {
        refusal = "no trusted certificate of \(certificate.issuer)"
        var level = [
            Signed(
                issuer: certificate.issuer, key: certificate.authorityKeyIdentifier, signature: certificate.signature,
                message: certificate.signed, algorithm: certificate.signatureAlgorithm,
                isAttribute: certificate.structure == .attribute)
        ]
        for depth in 0...Self.longest {
            var next: [Signed] = []
            for signed in level {
                for anchor in anchors where Self.fits(anchor, signed) {
                    if try vouches(anchor, for: signed, depth) { return true }
                }
                next += try issuers(of: signed, depth)
            }
            if next.isEmpty { return false }
            level = next
        }
        return false
    }

    /// Certificates that came along and signed `signed`, as what is looked at next.
    private mutating func issuers(of signed: Signed, _ depth: Int) throws(RecordFailure) -> [Signed] {
        var found: [Signed] = []
        var others: [IssuerCertificate] = []
        for candidate in unvisited {
            guard Self.fits(candidate, signed), isUsable(candidate), try vouches(candidate, for: signed, depth) else {
                others.append(candidate)
                continue
            }
            refusal = "no trusted certificate of \(candidate.issuer)"
            found.append(
                Signed(
                    issuer: candidate.issuer, key: nil, signature: candidate.signature, message: candidate.signed,
                    algorithm: candidate.algorithm))
        }
        unvisited = others
        return found
    }

    private static func fits(_ candidate: IssuerCertificate, _ signed: Signed) -> Bool {
        guard candidate.subject == signed.issuer else { return false }
        guard let key = signed.key, let own = candidate.keyIdentifier else { return true }
        return key == own
    }

    /// What is asked of every certificate but the trusted ones, which somebody named: that it holds, is an authority's, and
    /// has no critical extension that nobody here understands.
    private mutating func isUsable(_ candidate: IssuerCertificate) -> Bool {
        guard candidate.isAuthority == true else { return refuse(candidate, "is no authority's") }
        guard let from = RecordMoment(candidate.validFrom), let until = RecordMoment(candidate.validUntil),
            from <= now, now <= until
        else { return refuse(candidate, "holds from \(candidate.validFrom) to \(candidate.validUntil)") }
        guard let name = candidate.unknownCritical.first else { return true }
        return refuse(candidate, "has the critical extension \(name), which is not understood")
    }

    /// Whether `candidate` may sign what stands `depth` certificates above the platform certificate, and did.
    private mutating func vouches(
        _ candidate: IssuerCertificate, for signed: Signed, _ depth: Int
    ) throws(RecordFailure) -> Bool {
        guard candidate.isAuthority != false else { return refuse(candidate, "is no authority's") }
        if let most = candidate.pathLength, most < depth {
            return refuse(candidate, "allows \(most) certificates below it, not \(depth)")
        }
        // RFC 5755, 4.5: the key of an attribute certificate's issuer need only be one for signatures.
        if let usage = candidate.usage, !usage.keyCertSign, !(signed.isAttribute && usage.digitalSignature) {
            return refuse(candidate, "has a key that is not for signing certificates")
        }
        guard checks < Self.maximumChecks else {
            throw RecordFailure(
                .tooLarge, field: "issuer \(signed.issuer)",
                detail: "more than \(Self.maximumChecks) signatures of certificates that came along")
        }
        checks += 1
        let answer = SignatureCheck.verify(
            signed.signature, over: signed.message, with: candidate.publicKey, signed.algorithm)
        return answer == .good || refuse(candidate, "has a key with which the signature does not verify")
    }

    private mutating func refuse(_ candidate: IssuerCertificate, _ reason: String) -> Bool {
        refusal = "the certificate of \(candidate.subject) \(reason)"
        return false
    }
}
