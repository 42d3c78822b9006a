internal import AssayReport
internal import Crypto

/// Random secrets, and the comparison of their hashes.
enum Secret {
    /// `count` bytes of the system's random generator.
    static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// SHA-256 of a secret's text.
    ///
    /// The secrets are 192 random bits, so that a slow hash would add nothing.
    static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// Compares in a time that does not depend on where two values differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// An operator's bearer token: `assayop1.<id>.<secret>`.
package struct OperatorCredential: Sendable {
    private static let version = "assayop1"

    /// Public part.
    package let id: String
    /// What only the operator knows.
    let secret: String

    /// Makes a token of random bytes.
    package init() {
        id = Base64.encodeURLSafe(Secret.randomBytes(JoinToken.idSize))
        secret = Base64.encodeURLSafe(Secret.randomBytes(JoinToken.secretSize))
    }

    /// Reads a token; nil for anything else.
    init?(parsing text: String) {
        let prefix = Self.version + "."
        guard text.hasPrefix(prefix), let parts = JoinToken.split(credential: String(text.dropFirst(prefix.count)))
        else { return nil }
        (id, secret) = parts
    }

    /// The token as the operator keeps it.
    package var text: String { "\(Self.version).\(id).\(secret)" }
}
