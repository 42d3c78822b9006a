package import AssayBytes
internal import AssayModel

/// What a certificate of RFC 5280 says of the key that signs others.
package struct IssuerCertificate: Sendable, Hashable {
    /// Who holds the key.
    package let subject: DistinguishedName
    /// Who issued the certificate.
    package let issuer: DistinguishedName
    /// Subject key identifier in hexadecimal; nil when the certificate has none.
    package let keyIdentifier: String?
    /// Whether it may sign other certificates; nil where it does not say.
    package let isAuthority: Bool?
    /// Most certificates between it and the one at the end of a path; nil without a limit.
    let pathLength: Int?
    /// What its key is for; nil where it does not say.
    let usage: KeyUsage?
    /// First and last moment at which it holds.
    let validFrom: String
    let validUntil: String
    /// Critical extensions that this version does not know, which forbid to rely on it (RFC 5280, 4.2).
    let unknownCritical: [String]
    /// `SubjectPublicKeyInfo`.
    let publicKey: [UInt8]
    let signed: [UInt8]
    let signature: [UInt8]
    let algorithm: SignatureAlgorithm

    /// Reads a certificate.
    package init(der bytes: [UInt8]) throws(ParseFailure) {
        let outer = try SignedStructure(der: bytes[...], "certificate")
        signed = Array(outer.signed.whole)
        signature = Array(outer.signature)
        algorithm = outer.algorithm
        let fields = try PublicKeyCertificateFields(outer.signed)
        subject = fields.subject
        issuer = fields.issuer
        publicKey = Array(fields.publicKey.whole)
        keyIdentifier = try Self.keyIdentifier(fields.extensions)
        (isAuthority, pathLength) = try Self.basicConstraints(fields.extensions)
        usage = try fields.extensions.octets(Self.keyUsageName).map(KeyUsage.init)
        validFrom = fields.validFrom
        validUntil = fields.validUntil
        unknownCritical = fields.extensions.critical
            .subtracting([Self.keyUsageName, Self.basicConstraintsName]).sorted()
    }

    private static let keyUsageName = "2.5.29.15"
    private static let basicConstraintsName = "2.5.29.19"

    private static func keyIdentifier(_ extensions: CertificateExtensions) throws(ParseFailure) -> String? {
        guard let octets = extensions.octets("2.5.29.14") else { return nil }
        return Hex.string(try DERElement(first: octets, "subject key identifier").content)
    }

    private static func basicConstraints(
        _ extensions: CertificateExtensions
    ) throws(ParseFailure) -> (isAuthority: Bool?, pathLength: Int?) {
        guard let octets = extensions.octets(basicConstraintsName) else { return (nil, nil) }
        var cursor = try DERElement(first: octets, "basic constraints").list("basic constraints")
        let isAuthority = try cursor.next(if: DERTag.boolean)?.boolean("cA") ?? false
        return (isAuthority, try cursor.next(if: DERTag.integer)?.smallInteger("path length"))
    }
}

/// What a key may be used for (RFC 5280, 4.2.1.3), as far as paths of certificates ask.
struct KeyUsage: Sendable, Hashable {
    let digitalSignature: Bool
    let keyCertSign: Bool

    /// Reads a `KeyUsage`.
    init(_ octets: ArraySlice<UInt8>) throws(ParseFailure) {
        let first = try DERElement(first: octets, "key usage").bitString("key usage").first ?? 0
        digitalSignature = first & 0x80 != 0
        keyCertSign = first & 0x04 != 0
    }
}

/// The three parts that every signed structure of X.509 has.
struct SignedStructure {
    let signed: DERElement
    let algorithm: SignatureAlgorithm
    let signature: ArraySlice<UInt8>
    /// Octets behind the structure, all of them padding.
    let padding: Int

    init(der bytes: ArraySlice<UInt8>, _ what: String) throws(ParseFailure) {
        let outer = try DERElement(first: bytes, what)
        guard outer.tag == DERTag.sequence else { throw ParseFailure(.badMagic, what, at: bytes.startIndex) }
        let rest = bytes[outer.whole.endIndex...]
        // Chips hold certificates in areas of fixed size, and tools write line ends behind them.
        guard rest.allSatisfy({ $0 == rest.first }) || rest.allSatisfy({ [0x0a, 0x0d, 0x20].contains($0) }) else {
            throw ParseFailure(.badLength, "\(what): bytes behind its end", at: outer.whole.endIndex)
        }
        padding = rest.count
        var cursor = try outer.list(what)
        signed = try cursor.require(DERTag.sequence, "signed part")
        algorithm = try SignatureAlgorithm(try cursor.require(DERTag.sequence, "algorithm"))
        signature = try cursor.require(DERTag.bitString, "signature").bitString("signature")
    }
}

/// Extensions of a certificate by their object identifiers.
struct CertificateExtensions {
    private var values: [String: ArraySlice<UInt8>] = [:]
    /// Identifiers of those that whoever does not know them may not pass over.
    private(set) var critical: Set<String> = []

    /// No extensions.
    init() {}

    /// Reads a list of extensions; of two with one identifier, which RFC 5280 forbids, none is believed.
    init(_ element: DERElement) throws(ParseFailure) {
        for entry in try element.elements("extensions", most: 128) {
            var cursor = try entry.list("extension")
            let name = try cursor.require(DERTag.objectIdentifier, "identifier").objectIdentifier("extension")
            if try cursor.next(if: DERTag.boolean)?.boolean("critical") == true { critical.insert(name) }
            let value = try cursor.require(DERTag.octetString, name).content
            guard values.updateValue(value, forKey: name) == nil else {
                throw ParseFailure(.badValue, "extension \(name) is there twice", at: entry.offset)
            }
        }
    }

    /// Content of the extension `name`.
    func octets(_ name: String) -> ArraySlice<UInt8>? { values[name] }
}

/// The signed fields of a public-key certificate (RFC 5280, 4.1.2).
struct PublicKeyCertificateFields {
    let serialNumber: String
    let issuer: DistinguishedName
    let subject: DistinguishedName
    let validFrom: String
    let validUntil: String
    let publicKey: DERElement
    let extensions: CertificateExtensions

    init(_ signed: DERElement) throws(ParseFailure) {
        var cursor = try signed.list("certificate")
        _ = try cursor.next(if: DERTag.contextList(0))
        serialNumber = try cursor.require(DERTag.integer, "serial number").integerHex
        _ = try cursor.require(DERTag.sequence, "algorithm")
        issuer = try DistinguishedName(try cursor.require(DERTag.sequence, "issuer"), "issuer")
        let validity = try cursor.require(DERTag.sequence, "validity").elements("validity", most: 2)
        guard validity.count == 2 else { throw ParseFailure(.badValue, "validity", at: signed.offset) }
        validFrom = try validity[0].time("not before")
        validUntil = try validity[1].time("not after")
        subject = try DistinguishedName(try cursor.require(DERTag.sequence, "subject"), "subject")
        publicKey = try cursor.require(DERTag.sequence, "public key")
        _ = try cursor.next(if: DERTag.context(1))
        _ = try cursor.next(if: DERTag.context(2))
        guard let wrapped = try cursor.next(if: DERTag.contextList(3)) else {
            extensions = CertificateExtensions()
            return
        }
        var inner = try wrapped.list("extensions")
        extensions = try CertificateExtensions(try inner.require(DERTag.sequence, "extensions"))
    }
}
