internal import AssayBytes

/// A signature algorithm with its parameters (RFC 5280, 4.1.1.2).
package struct SignatureAlgorithm: Sendable, Hashable {
    /// Object identifier.
    package let identifier: String
    /// libcrypto's name of the hash; nil where the algorithm has its own, or is unknown.
    let digest: String?
    /// Whether RSA pads as RSASSA-PSS.
    let isPSS: Bool
    /// Name for people: `sha256WithRSA`.
    package let name: String

    private static let known: [String: (name: String, digest: String?)] = [
        "1.2.840.113549.1.1.5": ("sha1WithRSA", "SHA1"), "1.2.840.113549.1.1.11": ("sha256WithRSA", "SHA256"),
        "1.2.840.113549.1.1.12": ("sha384WithRSA", "SHA384"), "1.2.840.113549.1.1.13": ("sha512WithRSA", "SHA512"),
        "1.2.840.10045.4.1": ("ecdsaWithSHA1", "SHA1"), "1.2.840.10045.4.3.2": ("ecdsaWithSHA256", "SHA256"),
        "1.2.840.10045.4.3.3": ("ecdsaWithSHA384", "SHA384"), "1.2.840.10045.4.3.4": ("ecdsaWithSHA512", "SHA512"),
        "1.3.101.112": ("Ed25519", nil), "1.3.101.113": ("Ed448", nil),
    ]
    private static let pss = "1.2.840.113549.1.1.10"
    private static let hashes = [
        "1.3.14.3.2.26": "SHA1", "2.16.840.1.101.3.4.2.1": "SHA256", "2.16.840.1.101.3.4.2.2": "SHA384",
        "2.16.840.1.101.3.4.2.3": "SHA512",
    ]

    /// Whether this version can verify it.
    package var isKnown: Bool { isPSS ? digest != nil : Self.known[identifier] != nil }
    /// Whether its hash is known to be broken for signatures.
    package var isWeak: Bool { digest == "SHA1" }

    /// Reads an `AlgorithmIdentifier`.
    init(_ element: DERElement) throws(ParseFailure) {
        var cursor = try element.list("signature algorithm")
        identifier = try cursor.require(DERTag.objectIdentifier, "identifier").objectIdentifier("signature algorithm")
        isPSS = identifier == Self.pss
        if isPSS {
            // RFC 4055, 3.1: the hash is SHA-1 unless [0] names another one.
            let parameters = try cursor.next(if: DERTag.sequence)
            digest = try Self.pssHash(parameters)
            name = "rsassaPSS with \(digest ?? "an unknown hash")"
        } else {
            digest = Self.known[identifier]?.digest
            name = Self.known[identifier]?.name ?? identifier
        }
    }

    private static func pssHash(_ parameters: DERElement?) throws(ParseFailure) -> String? {
        guard var cursor = try parameters?.list("PSS parameters"), let hash = try cursor.next(if: DERTag.contextList(0))
        else { return "SHA1" }
        var wrapped = try hash.list("PSS hash")
        var identifier = try wrapped.require(DERTag.sequence, "algorithm").list("PSS hash")
        let name = try identifier.require(DERTag.objectIdentifier, "identifier").objectIdentifier("PSS hash")
        return hashes[name]
    }
}
