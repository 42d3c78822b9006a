import AssayAccounts
import AssayModel
import AssayStore
import NIOHTTP1
import Testing

@testable import AssayCollector

/// Signing in and out over the real routes.
struct AccessPagesTests {
    private static let password = "correct horse battery"

    /// The cookie that an answer sets, as a browser would send it back.
    private static func cookie(_ answer: LoopbackClient.Response) -> String? {
        answer.headers.first(name: "set-cookie")?.split(separator: ";").first.map(String.init)
    }

    /// A collector whose first account was made through the link.
    private static func withAccount(
        _ body: (TestCollector, String) async throws -> Void
    ) async throws {
        try await TestCollector.run { collector in
            let secret = try #require(try await People(store: collector.store).inviteFirst(by: TestCollector.actor))
            let cookie = try await collector.connect { client in
                let page = try await client.get("/setup/\(secret)")
                #expect(page.status == 200 && page.text.contains("Make the first account"))
                let fields = [("name", "boss"), ("password", password)]
                let unlike = try await ConsoleVisitor.post("/setup/\(secret)", fields + [("again", "x")], &client)
                #expect(unlike.status == 422 && unlike.text.contains("not the same"))
                let made = try await ConsoleVisitor.post("/setup/\(secret)", fields + [("again", password)], &client)
                #expect(made.status == 303 && made.headers.first(name: "location") == "/")
                for flag in ["; Secure", "; HttpOnly", "; SameSite=Lax", "__Host-"] {
                    #expect(made.headers.first(name: "set-cookie")?.contains(flag) == true, "\(flag)")
                }
                let again = try await ConsoleVisitor.post("/setup/\(secret)", fields + [("again", password)], &client)
                #expect(again.status == 410)
                #expect(try await client.get("/setup/\(secret)").status == 410)
                return try #require(Self.cookie(made))
            }
            try await body(collector, cookie)
        }
    }

    @Test("a set-up link makes the first account once; signing out ends the session in every tab")
    func setupAndSignOut() async throws {
        try await Self.withAccount { collector, cookie in
            let secret = try #require(SessionSecret(cookieHeader: cookie))
            try await collector.connect { client in
                let account = try await client.send(.GET, "/account", headers: ["cookie": cookie])
                #expect(account.status == 200)
                #expect(account.headers.first(name: "cache-control") == "no-store")
                #expect(account.headers.first(name: "content-security-policy")?.contains("script-src 'self'") == true)
                let without = try await ConsoleVisitor.post("/sign-out", [], cookie: cookie, &client)
                #expect(without.status == 403)
                let token = [("form-token", secret.formToken)]
                let out = try await ConsoleVisitor.post("/sign-out", token, cookie: cookie, &client)
                #expect(out.headers.first(name: "location") == "/sign-in")
                let tab = try await client.send(.GET, "/account", headers: ["cookie": cookie])
                #expect(tab.headers.first(name: "location") == "/sign-in?next=/account")
                let form = try await ConsoleVisitor.post("/account/password", token, cookie: cookie, &client)
                #expect(form.status == 401)
                #expect(form.text.contains("You are signed out") && form.text.contains("Sign in again"))
            }
        }
    }

    @Test(
        "after signing in one gets to pages of this console alone",
        arguments: [
            ("/findings?state=open", "/findings?state=open"), ("//evil.example", "/"), ("/\\evil.example", "/"),
            ("https://evil.example/", "/"), ("javascript:alert(1)", "/"), ("", "/"), ("/a\r\nSet-Cookie: x=y", "/"),
        ]) func next(_ wanted: String, _ path: String) async throws
    {
        try await Self.withAccount { collector, _ in
            try await collector.connect { client in
                let fields = [("name", "boss"), ("password", Self.password), ("next", wanted)]
                let answer = try await ConsoleVisitor.post("/sign-in", fields, &client)
                #expect(answer.status == 303 && answer.headers.first(name: "location") == path)
                #expect(answer.headers[canonicalForm: "set-cookie"].count == 1)
            }
        }
    }

    @Test("a wrong password, a form of another site and a body that is no form are refused") func refusals()
        async throws
    {
        try await Self.withAccount { collector, _ in
            try await collector.connect { client in
                let wrong = try await ConsoleVisitor.post("/sign-in", [("name", "<b>"), ("password", "x")], &client)
                #expect(wrong.status == 401 && wrong.text.contains("Name or password is wrong"))
                #expect(wrong.text.contains("value=\"&lt;b&gt;\"") && !wrong.text.contains("<b>"))
                #expect(Self.cookie(wrong) == nil)
                let right = [("name", "boss"), ("password", Self.password)]
                for site in ["cross-site", "same-site"] {
                    let foreign = try await ConsoleVisitor.post(
                        "/sign-in", right, headers: ["sec-fetch-site": site], &client)
                    #expect(foreign.status == 403 && Self.cookie(foreign) == nil, "\(site)")
                }
                let json = try await client.send(
                    .POST, "/sign-in", Array("{}".utf8), headers: ["content-type": "application/json"])
                #expect(json.status == 400)
                let huge = String(repeating: "x", count: 300_000)
                #expect(try await ConsoleVisitor.post("/sign-in", [("name", huge)], &client).status == 413)
            }
        }
    }
}
