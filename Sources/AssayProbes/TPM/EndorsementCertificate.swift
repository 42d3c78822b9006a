internal import AssayBytes
internal import AssayModel
internal import SwiftASN1

/// A certificate in an index of a module, as far as the key that it speaks of (RFC 5280, 4.1).
///
/// Neither its signature nor its dates are looked at: that is for whoever has the makers' root certificates.
struct EndorsementCertificate: Sendable, Hashable {
    /// The key that it speaks of.
    let key: EndorsementKey
    /// Digest of the certificate, without the octets that an index has behind it.
    let digest: ContentDigest

    /// Reads the content of an index.
    init(parsing bytes: RawSpan) throws(ParseFailure) {
        var reader = ByteReader(bytes)
        guard try reader.uint8("certificate") == 0x30 else { throw ParseFailure(.badMagic, "certificate", at: 0) }
        guard try reader.uint8("length") == 0x82 else { throw ParseFailure(.badLength, "length", at: 1) }
        let length = try reader.uint16BigEndian("length")
        try reader.seek(to: 0)
        let certificate = try reader.bytes(4 + Int(length), "certificate")
        digest = .sha256(of: certificate)
        do { key = EndorsementKey(publicKey: try Self.subjectPublicKey(certificate)) } catch {
            throw ParseFailure(.badValue, "certificate", at: 0)
        }
    }

    private static func subjectPublicKey(_ certificate: [UInt8]) throws -> [UInt8] {
        try inside(try DER.parse(certificate)) { fields in
            try inside(fields.next()) { fields in
                _ = try DER.optionalExplicitlyTagged(&fields, tagNumber: 0, tagClass: .contextSpecific) { $0 }
                // Serial number, algorithm, issuer, validity and subject stand before the key.
                for _ in 0..<5 { _ = fields.next() }
                return try inside(fields.next()) { fields in
                    _ = fields.next()
                    return Array(try ASN1BitString(derEncoded: &fields).bytes)
                }
            }
        }
    }

    /// Reads what `body` wants of a sequence, and leaves the rest of it.
    private static func inside<T>(
        _ node: ASN1Node?, _ body: (inout ASN1NodeCollection.Iterator) throws -> T
    ) throws -> T {
        guard let node else { throw ParseFailure(.truncated, "certificate", at: 0) }
        return try DER.sequence(node, identifier: .sequence) { fields in
            let value = try body(&fields)
            while fields.next() != nil {}
            return value
        }
    }
}
