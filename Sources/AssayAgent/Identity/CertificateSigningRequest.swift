internal import AssayModel
internal import AssayReport
package import Crypto
internal import SwiftASN1

/// A PKCS#10 certification request (RFC 2986) for the device key.
///
/// Its common name is the hexadecimal part of the device id: 64 characters are what X.520 allows. Nothing rests on it,
/// since the collector takes the id from the key.
package struct CertificateSigningRequest: Sendable {
    /// The request in DER.
    package let der: [UInt8]

    /// Asks for a certificate of `key`'s public half, signed with ECDSA and SHA-256.
    package init(key: P256.Signing.PrivateKey) throws {
        let identity = DeviceIdentity(publicKey: key.publicKey)
        let info = try Self.info(commonName: identity.id.hex, publicKey: Array(key.publicKey.derRepresentation))
        let signature = try key.signature(for: info).derRepresentation
        var serializer = DER.Serializer()
        try serializer.appendConstructedNode(identifier: .sequence) { request in
            request.serializeRawBytes(info)
            try request.appendConstructedNode(identifier: .sequence) { algorithm in
                try algorithm.serialize(Self.ecdsaWithSHA256)
            }
            try request.serialize(ASN1BitString(bytes: ArraySlice(signature)))
        }
        der = serializer.serializedBytes
    }

    /// The request in PEM.
    package var pem: String { PEMDocument(type: "CERTIFICATE REQUEST", derBytes: der).pemString + "\n" }

    // RFC 5758, 3.2.
    private static let ecdsaWithSHA256: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 3, 2]
    // X.520: id-at-commonName.
    private static let commonName: ASN1ObjectIdentifier = [2, 5, 4, 3]

    private static func info(commonName name: String, publicKey: [UInt8]) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.appendConstructedNode(identifier: .sequence) { info in
            try info.serialize(0)
            try info.appendConstructedNode(identifier: .sequence) { subject in
                try subject.appendConstructedNode(identifier: .set) { relative in
                    try relative.appendConstructedNode(identifier: .sequence) { attribute in
                        try attribute.serialize(commonName)
                        try attribute.serialize(ASN1UTF8String(name))
                    }
                }
            }
            info.serializeRawBytes(publicKey)
            // attributes [0] IMPLICIT SET OF: none, but the field is not optional.
            info.appendConstructedNode(identifier: .init(tagWithNumber: 0, tagClass: .contextSpecific)) { _ in }
        }
        return serializer.serializedBytes
    }
}
