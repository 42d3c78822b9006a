internal import AssayModel
internal import AssayReport
internal import Crypto

/// Nonces that need no table: what is given after a report is a keyed hash of that report's digest.
///
/// A report that echoes it was sealed after the collector had answered the one before, so it is not one that was
/// prepared earlier.
struct NonceMaker: Sendable {
    private let key: SymmetricKey

    /// Makes nonces under a secret that stays with the store.
    init(secret: [UInt8]) { key = SymmetricKey(data: secret) }

    /// What the device is to echo in the report after `report`.
    func nonce(after report: ContentDigest) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array(report.description.utf8), using: key)
        return Base64.encodeURLSafe(Array(code.prefix(16)))
    }
}
