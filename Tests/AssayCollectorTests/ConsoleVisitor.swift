import AssayAccounts
import AssayModel
import AssayStore
import NIOHTTP1

@testable import AssayCollector

/// Somebody with an account and a browser.
struct ConsoleVisitor {
    let account: Account
    var secret: SessionSecret

    /// Makes an account of a role, signed in.
    static func make(_ role: Role, in collector: TestCollector) async throws -> ConsoleVisitor {
        let now = Timestamp.now
        let account = Account(
            id: "id-\(role.rawValue)", name: role.rawValue, role: role, createdAt: now,
            accessEnds: role.mustEnd ? now.adding(.seconds(3600)) : nil)
        _ = try await collector.store.createAccount(account, by: TestCollector.actor)
        var visitor = ConsoleVisitor(account: account, secret: SessionSecret())
        try await visitor.signInAgain(collector)
        return visitor
    }

    /// Begins another session.
    mutating func signInAgain(_ collector: TestCollector) async throws {
        secret = SessionSecret()
        let now = Timestamp.now
        let session = Session(
            secretHash: secret.hash, account: account.id, createdAt: now, usedAt: now,
            expiresAt: now.adding(.seconds(3600)), origin: "test")
        _ = try await collector.store.beginSession(session, oneTimeStep: nil, by: TestCollector.actor)
    }

    var cookie: String { "\(SessionSecret.cookieName)=\(secret.text)" }

    /// Opens a page.
    func get(_ path: String, _ client: inout LoopbackClient.Exchange) async throws -> LoopbackClient.Response {
        try await client.send(.GET, path, headers: ["cookie": cookie])
    }

    /// Sends a form with the page's token.
    func post(
        _ path: String, _ fields: [(String, String)] = [], _ client: inout LoopbackClient.Exchange
    ) async throws -> LoopbackClient.Response {
        try await Self.post(path, [("form-token", secret.formToken)] + fields, cookie: cookie, &client)
    }

    /// Sends a form.
    static func post(
        _ path: String, _ fields: [(String, String)], cookie: String? = nil, headers: [String: String] = [:],
        _ client: inout LoopbackClient.Exchange
    ) async throws -> LoopbackClient.Response {
        let body = fields.map { "\($0.0)=\(ConsoleServer.escaped($0.1))" }.joined(separator: "&")
        var headers = headers
        headers["content-type"] = "application/x-www-form-urlencoded"
        if let cookie { headers["cookie"] = cookie }
        return try await client.send(.POST, path, Array(body.utf8), headers: headers)
    }
}
