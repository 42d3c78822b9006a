internal import COpenSSL

/// Asks libcrypto whether a key verifies a signature.
enum SignatureCheck {
    /// What the answer is.
    enum Answer: Sendable, Hashable {
        case good, bad
        /// The key is none that libcrypto reads.
        case noKey
        /// The algorithm is unknown, or does not go with the key.
        case noAlgorithm
    }

    /// Verifies `signature` over `message` with the key in `publicKey`, a `SubjectPublicKeyInfo`.
    static func verify(
        _ signature: [UInt8], over message: [UInt8], with publicKey: [UInt8], _ algorithm: SignatureAlgorithm
    ) -> Answer {
        guard algorithm.isKnown else { return .noAlgorithm }
        let answer =
            if let digest = algorithm.digest {
                digest.withCString { ask(signature, message, publicKey, $0, algorithm.isPSS) }
            } else {
                ask(signature, message, publicKey, nil, false)
            }
        return switch answer {
        case Int32(ASSAY_VERIFY_GOOD): .good
        case Int32(ASSAY_VERIFY_NO_KEY): .noKey
        case Int32(ASSAY_VERIFY_NO_ALGORITHM): .noAlgorithm
        default: .bad
        }
    }

    private static func ask(
        _ signature: [UInt8], _ message: [UInt8], _ publicKey: [UInt8], _ digest: UnsafePointer<CChar>?, _ isPSS: Bool
    ) -> Int32 {
        assay_verify(
            publicKey, publicKey.count, digest, isPSS ? 1 : 0, message, message.count, signature, signature.count)
    }
}
