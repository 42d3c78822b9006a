internal import AssayModel
internal import AssayReport
internal import Crypto
internal import SwiftASN1
internal import X509

/// A PKCS#10 request whose signature proves that the sender holds the P-256 key in it.
struct DeviceCertificateRequest: Sendable {
    /// Most characters of a request.
    static let sizeLimit = 8192

    /// The key, in the form that certificates take.
    let publicKey: Certificate.PublicKey
    /// The device that the key makes.
    let identity: DeviceIdentity
    /// DER SubjectPublicKeyInfo.
    let keyInfo: [UInt8]

    /// Reads a request; nothing in it but the key is taken over.
    init(parsing pem: String) throws(Problem) {
        guard pem.utf8.count <= Self.sizeLimit else { throw .csrInvalid("the request is too large") }
        guard let request = try? CertificateSigningRequest(pemEncoded: pem) else {
            throw .csrInvalid("the request is not a PEM PKCS#10 request")
        }
        guard let key = P256.Signing.PublicKey(request.publicKey) else {
            throw .csrInvalid("the key is not a P-256 key")
        }
        guard request.publicKey.isValidSignature(request.signature, for: request) else {
            throw .csrInvalid("the request is not signed by its own key")
        }
        publicKey = request.publicKey
        identity = DeviceIdentity(publicKey: key)
        keyInfo = Array(key.derRepresentation)
    }
}
