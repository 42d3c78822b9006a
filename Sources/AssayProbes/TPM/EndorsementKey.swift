internal import AssayModel

/// The public half of an endorsement key.
///
/// It is compared by the octets of `subjectPublicKey` (RFC 5280, 4.1.2.7), which are the same whether the module or a
/// certificate shows the key, and whatever algorithm identifier an issuer chose.
struct EndorsementKey: Sendable, Hashable {
    /// Curves of endorsement keys, by `TPM_ECC_CURVE` (TPM 2.0 Library, part 2, 6.4).
    enum Curve: UInt16, Sendable {
        case p256 = 0x0003
        case p384 = 0x0004
        case p521 = 0x0005
        case sm2 = 0x0020

        /// Octets of a coordinate.
        var size: Int {
            switch self {
            case .p256, .sm2: 32
            case .p384: 48
            case .p521: 66
            }
        }
    }

    /// The octets of `subjectPublicKey`.
    let publicKey: [UInt8]

    /// A key as a certificate has it.
    init(publicKey: [UInt8]) { self.publicKey = publicKey }

    /// A point as SEC 1, 2.3.3 writes it, uncompressed.
    init(_ curve: Curve, x: [UInt8], y: [UInt8]) {
        func padded(_ coordinate: [UInt8]) -> [UInt8] {
            [UInt8](repeating: 0, count: max(0, curve.size - coordinate.count)) + coordinate
        }
        publicKey = [4] + padded(x) + padded(y)
    }

    /// `RSAPublicKey` of RFC 8017, A.1.1: a sequence of modulus and exponent.
    init(modulus: [UInt8], exponent: UInt32) {
        let octets = withUnsafeBytes(of: exponent.bigEndian) { [UInt8]($0) }
        publicKey = Self.element(0x30, Self.integer(modulus) + Self.integer(octets))
    }

    /// Its name: SHA-256 over the octets of `subjectPublicKey`.
    var digest: ContentDigest { .sha256(of: publicKey) }

    /// A number that is not negative (X.690, 8.3).
    private static func integer(_ octets: [UInt8]) -> [UInt8] {
        let digits = Array(octets.drop { $0 == 0 })
        guard let first = digits.first else { return element(0x02, [0]) }
        return element(0x02, first & 0x80 == 0 ? digits : [0] + digits)
    }

    /// Tag, definite length and content (X.690, 8.1).
    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt32(clamping: content.count).bigEndian) { $0.drop { $0 == 0 } }
        if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }
}
