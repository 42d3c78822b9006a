package import AssayModel
package import Crypto

/// A device as its public key says who it is.
package struct DeviceIdentity: Sendable, Hashable {
    /// SHA-256 of the DER SubjectPublicKeyInfo.
    package let id: ContentDigest
    /// The key that the device signs with.
    package let publicKey: P256.Signing.PublicKey

    /// The device that holds `publicKey`'s other half.
    package init(publicKey: P256.Signing.PublicKey) {
        self.publicKey = publicKey
        id = ContentDigest(bytes: SHA256.hash(data: publicKey.derRepresentation))
    }

    /// Reads a DER SubjectPublicKeyInfo that must hold a P-256 key.
    package init(subjectPublicKeyInfo bytes: [UInt8]) throws(ReportFailure) {
        guard let key = try? P256.Signing.PublicKey(derRepresentation: bytes) else {
            throw ReportFailure(.malformed, "device key")
        }
        self.init(publicKey: key)
    }

    /// Devices are equal when their ids are.
    package static func == (left: DeviceIdentity, right: DeviceIdentity) -> Bool { left.id == right.id }

    /// Hashes the id.
    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
