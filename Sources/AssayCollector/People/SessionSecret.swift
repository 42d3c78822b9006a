internal import AssayReport
internal import Crypto

/// The value of a session's cookie, and what is derived from it.
struct SessionSecret: Sendable, Hashable {
    /// Name of the cookie; with this prefix browsers take it from this host over TLS alone (RFC 6265bis, 4.1.3.2).
    static let cookieName = "__Host-assay-session"
    private static let size = 32

    /// The cookie's value.
    let text: String

    /// Makes a secret of random bytes.
    init() { text = Base64.encodeURLSafe(Secret.randomBytes(Self.size)) }

    /// Takes a cookie's value; nil for anything that cannot be one.
    init?(parsing text: some StringProtocol) {
        guard text.utf8.count == 43, Base64.decodeURLSafe(String(text))?.count == Self.size else { return nil }
        self.text = String(text)
    }

    /// What the store keeps.
    var hash: [UInt8] { Secret.hash(text) }

    /// What a form or script must send along with a change; a page of another site can send the cookie and not this.
    var formToken: String { Base64.encodeURLSafe(SHA256.hash(data: Array("form:\(text)".utf8)).map(\.self)) }

    /// The header that sets the cookie; it ends with the browser session, the store says when it ends for certain.
    var setCookie: String { "\(Self.cookieName)=\(text); Path=/; Secure; HttpOnly; SameSite=Lax" }

    /// The header that takes the cookie away.
    static let clearCookie = "\(cookieName)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"

    /// The secret in a `Cookie` header (RFC 6265, 4.2.1).
    init?(cookieHeader: String) {
        for pair in cookieHeader.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == Self.cookieName else { continue }
            self.init(parsing: parts[1])
            return
        }
        return nil
    }
}
