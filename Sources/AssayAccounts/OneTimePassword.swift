internal import Crypto
internal import FoundationEssentials

/// Time-based one-time passwords (RFC 6238) as authenticator programs make them: SHA-1, six digits, 30 seconds.
package struct OneTimePassword: Sendable, Hashable {
    /// Length of a step in seconds (RFC 6238, 5.2).
    package static let period: Int64 = 30
    /// Digits of a code.
    package static let digits = 6
    private static let secretSize = 20
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".unicodeScalars)

    /// The secret that both sides keep (RFC 4226, 4, R6: 160 bits).
    package let secret: [UInt8]

    /// Makes a secret.
    package init() {
        var generator = SystemRandomNumberGenerator()
        secret = (0..<Self.secretSize).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    /// Takes a secret that is kept.
    package init(secret: [UInt8]) { self.secret = secret }

    /// The code of a step (RFC 4226, 5.3).
    package func code(step: Int64) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Array($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0f)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// The step whose code this is, one step of clock difference allowed; nil for a wrong code and for one whose step is not
    /// later than `lastStep`, because a code is good for one sign-in (RFC 6238, 5.2).
    package func step(of code: String, at seconds: Int64, after lastStep: Int64?) -> Int64? {
        let digits = code.filter { !$0.isWhitespace }
        let now = seconds / Self.period
        // All are compared, so that the time says nothing about which came close.
        let matching = (now - 1...now + 1).filter { Self.areEqual(self.code(step: $0), digits) }
        return matching.last { $0 > lastStep ?? .min }
    }

    private static func areEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// The secret for people to type (RFC 4648, 6: Base32 without padding).
    package var secretText: String {
        var text = String.UnicodeScalarView()
        var buffer: UInt32 = 0
        var bits = 0
        for byte in secret {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(Self.alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { text.append(Self.alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return String(text)
    }

    /// The link that authenticator programs read, for an account at a collector.
    package func link(account: String, issuer: String) -> String {
        func escape(_ text: String) -> String {
            text.utf8.map { byte in
                let scalar = Unicode.Scalar(byte)
                let isPlain =
                    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                let hex = String(byte, radix: 16, uppercase: true)
                return isPlain ? String(scalar) : "%" + (hex.count == 1 ? "0" + hex : hex)
            }.joined()
        }
        return "otpauth://totp/\(escape(issuer)):\(escape(account))?secret=\(secretText)&issuer=\(escape(issuer))"
    }
}
