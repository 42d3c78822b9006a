package import AssayModel

/// What an operator hands to a device so that it can enrol: `assay1.<id>.<secret>.<fingerprint>`.
package struct JoinToken: Sendable, Hashable {
    /// Bytes of the id.
    package static let idSize = 9
    /// Bytes of the secret.
    package static let secretSize = 24
    private static let version = "assay1"

    /// Public name of the token, 12 URL-safe base64 characters.
    package let id: String
    /// What only the holder knows, 32 URL-safe base64 characters.
    package let secret: String
    /// SHA-256 of the DER of the collector's CA certificate.
    package let authority: ContentDigest

    /// Makes a token of random bytes; nil when their numbers are wrong.
    package init?(id: [UInt8], secret: [UInt8], authority: ContentDigest) {
        guard id.count == Self.idSize, secret.count == Self.secretSize else { return nil }
        self.id = Base64.encodeURLSafe(id)
        self.secret = Base64.encodeURLSafe(secret)
        self.authority = authority
    }

    /// Reads a token as an operator pasted it; blanks around it are ignored.
    package init(parsing text: String) throws(ReportFailure) {
        guard text.utf8.count <= 512 else { throw ReportFailure(.tooLarge, "join token") }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." }.map { Self.trim($0) }
        guard parts.first == Self.version else {
            throw ReportFailure(.unsupportedSchema, "a join token begins with \(Self.version)")
        }
        guard parts.count == 4 else { throw ReportFailure(.malformed, "a join token has four parts") }
        guard Base64.decodeURLSafe(parts[1])?.count == Self.idSize else {
            throw ReportFailure(.malformed, "id of the join token")
        }
        guard Base64.decodeURLSafe(parts[2])?.count == Self.secretSize else {
            throw ReportFailure(.malformed, "secret of the join token")
        }
        guard let authority = ContentDigest("sha256:" + parts[3]) else {
            throw ReportFailure(.malformed, "fingerprint of the join token")
        }
        id = parts[1]
        secret = parts[2]
        self.authority = authority
    }

    /// The token as an operator hands it on.
    package var text: String { "\(Self.version).\(credential).\(authority.hex)" }

    /// What is sent to the collector: `<id>.<secret>`.
    package var credential: String { "\(id).\(secret)" }

    /// Splits what was sent into id and secret; nil for any other form.
    package static func split(credential: String) -> (id: String, secret: String)? {
        guard credential.utf8.count <= 64 else { return nil }
        let parts = credential.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Base64.decodeURLSafe(parts[0])?.count == idSize,
            Base64.decodeURLSafe(parts[1])?.count == secretSize
        else { return nil }
        return (parts[0], parts[1])
    }

    private static func trim(_ text: Substring) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
