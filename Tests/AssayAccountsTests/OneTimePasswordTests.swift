import AssayAccounts
import Testing

/// One-time passwords against the vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B).
struct OneTimePasswordTests {
    static let secret = OneTimePassword(secret: Array("12345678901234567890".utf8))

    @Test(
        "RFC 4226, appendix D",
        arguments: [
            (0, "755224"), (1, "287082"), (2, "359152"), (3, "969429"), (4, "338314"), (5, "254676"), (6, "287922"),
            (7, "162583"), (8, "399871"), (9, "520489"),
        ] as [(Int64, String)]) func counters(_ step: Int64, _ code: String)
    {
        #expect(Self.secret.code(step: step) == code)
    }

    @Test(
        "RFC 6238, appendix B, the last six of its eight digits",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)]) func times(_ seconds: Int64, _ code: String)
    {
        #expect(Self.secret.step(of: code, at: seconds, after: nil) == seconds / 30)
    }

    @Test func aCodeIsGoodForOneSignInWithinAStep() {
        let code = Self.secret.code(step: 100)
        #expect(Self.secret.step(of: code, at: 100 * 30, after: 99) == 100)
        #expect(Self.secret.step(of: code, at: 100 * 30, after: 100) == nil)
        #expect(Self.secret.step(of: code, at: 99 * 30, after: nil) == 100)
        #expect(Self.secret.step(of: code, at: 101 * 30, after: nil) == 100)
        #expect(Self.secret.step(of: code, at: 102 * 30, after: nil) == nil)
        #expect(Self.secret.step(of: " \(code.prefix(3)) \(code.dropFirst(3)) ", at: 3000, after: nil) == 100)
    }

    @Test("what is no code", arguments: ["", "1", "abcdef", "0000000", "１２３４５６", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}"])
    func strangeCodes(_ text: String) { #expect(Self.secret.step(of: text, at: 3000, after: nil) == nil) }

    @Test func secretsAreRandomAndWrittenInBase32() {
        #expect(Self.secret.secretText == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(OneTimePassword().secret != OneTimePassword().secret)
        #expect(OneTimePassword().secret.count == 20)
        #expect(
            Self.secret.link(account: "a@b", issuer: "Assay")
                == "otpauth://totp/Assay:a%40b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Assay")
    }
}
