import Testing

@testable import AssayCollector

/// Forms as browsers send them, and as others do.
struct FormBodyTests {
    private static func form(_ text: String) throws -> FormBody { try FormBody(parsing: Array(text.utf8)) }

    @Test(
        "fields are decoded",
        arguments: [
            ("a=1", "1"), ("a=x+y", "x y"), ("a=%E2%9C%93", "✓"), ("a=%2b%26%3D", "+&="), ("a=1&a=2", "2"), ("a", ""),
            ("b=1", ""), ("", ""), ("&&=&a=+z+", "z"), ("a=%", "%"), ("a=%4", "%4"), ("a=%zz", "%zz"), ("%61=k", "k"),
            ("a=b=c", "b=c"), ("a=%ff", "\u{fffd}"),
        ]) func decoding(_ body: String, _ value: String) throws
    {
        #expect(try Self.form(body)["a"] == value)
    }

    @Test("blanks of a password stay, and every value of a name is there") func values() throws {
        let form = try Self.form("p=+two+words+&c=1&c=2&c=3")
        #expect(form.verbatim("p") == " two words ")
        #expect(form["p"] == "two words")
        #expect(form.all("c") == ["1", "2", "3"])
        #expect(form.all("d").isEmpty)
    }

    @Test("a form has a limited number of fields") func limits() throws {
        let many = Array(repeating: "a=1", count: 2001).joined(separator: "&")
        #expect(throws: Problem.tooLarge("")) { _ = try Self.form(many) }
        #expect(try Self.form(String(many.dropLast(4))).all("a").count == 2000)
    }
}

/// The value of a session's cookie.
struct SessionSecretTests {
    @Test("a secret is found among other cookies, and only as a whole") func cookies() throws {
        let secret = SessionSecret()
        let name = SessionSecret.cookieName
        for header in ["\(name)=\(secret.text)", "a=b; \(name)=\(secret.text); c", "x; \(name)=\(secret.text)"] {
            #expect(SessionSecret(cookieHeader: header) == secret, "\(header)")
        }
        for header in [
            "", "\(name)=", "\(name)=short", "x\(name)=\(secret.text)", "\(name)=\(secret.text)A",
            "\(name)=\(String(repeating: "*", count: 43))", "\(name)",
        ] { #expect(SessionSecret(cookieHeader: header) == nil, "\(header)") }
    }

    @Test("two secrets differ in all that is made of them; the cookie is for this host, TLS and HTTP alone")
    func derived() {
        let (first, second) = (SessionSecret(), SessionSecret())
        #expect(first.text != second.text)
        #expect(first.hash != second.hash)
        #expect(first.formToken != second.formToken)
        #expect(first.formToken != first.text)
        for flag in ["__Host-", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
            #expect(first.setCookie.contains(flag) && SessionSecret.clearCookie.contains(flag))
        }
        #expect(!first.setCookie.contains("Domain"))
    }
}
