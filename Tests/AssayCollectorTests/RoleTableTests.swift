import AssayAccounts
import AssayModel
import AssayStore
import AssayStoreSQLite
import Foundation
import Logging
import NIOHTTP1
import Testing

@testable import AssayCollector

/// Every route of people against the table in `docs/roles.md`: nobody gets further than it says, and nobody less far.
struct RoleTableTests {
    /// One row: what a route asks for, and which roles have it; nil for a route that everybody reaches.
    struct Row: Hashable {
        var permission: Permission?
        var roles: Set<Role>
    }

    private static let page = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/roles.md")

    /// The table of the page: `| METHOD /path | permission | viewer | operator | auditor | admin |`.
    static func documented() throws -> [String: Row] {
        var rows: [String: Row] = [:]
        for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            try #require(cells.count == 2 + Role.allCases.count, "\(line)")
            let route = cells[0].trimmingCharacters(in: ["`"])
            let roles = zip(Role.allCases, cells.dropFirst(2)).filter { $0.1 == "yes" }.map(\.0)
            #expect(cells.dropFirst(2).allSatisfy { ["yes", "no"].contains($0) }, "\(line)")
            #expect(rows[route] == nil, "\(route) stands twice")
            rows[route] = Row(permission: Permission(rawValue: cells[1]), roles: Set(roles))
        }
        return rows
    }

    /// The tables of the code.
    static func served() throws -> [String: Permission?] {
        let store = try SQLiteStore.inMemory()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let collector = Collector(
            configuration: CollectorConfiguration(), authority: try CertificateAuthority.create().authority,
            store: store, logger: logger)
        let plans = PlanDesk(operations: Operations(store: store, authority: nil), logger: logger)
        let routes = collector.routes(nonces: NonceMaker(secret: []), plans: plans, wakeEvaluation: {})
        return routes.console.merging(routes.api.mapValues { .some($0) }) { page, _ in page }
            // Files carry a digest in their names, which changes with their content.
            .filter { !$0.key.hasPrefix("GET /static/") }
    }

    @Test("the table of the docs is the table of the code") func documentation() throws {
        let documented = try Self.documented()
        for (route, permission) in try Self.served().sorted(by: { $0.key < $1.key }) {
            let roles = Role.allCases.filter { role in permission.map { role.permissions.contains($0) } ?? true }
            let marks = Role.allCases.map { roles.contains($0) ? "yes" : "no" }.joined(separator: " | ")
            let line = "| `\(route)` | \(permission?.rawValue ?? "everybody") | \(marks) |"
            #expect(
                documented[route] == Row(permission: permission, roles: Set(roles)), "docs/roles.md lacks:\n\(line)")
        }
        let served = try Self.served()
        for route in documented.keys.sorted() { #expect(served.keys.contains(route), "\(route) is no route") }
    }

    @Test("every route answers nobody and each role as the docs say") func walk() async throws {
        let rows = try Self.documented()
        try await TestCollector.run { collector in
            var visitors: [ConsoleVisitor] = []
            for role in Role.allCases { visitors.append(try await ConsoleVisitor.make(role, in: collector)) }
            for (route, row) in rows.sorted(by: { $0.key < $1.key }) {
                try await collector.connect { client in
                    try await Self.checkNobody(route, row, &client)
                    for index in visitors.indices {
                        try await Self.check(route, row, visitors[index], &client)
                        if route == "POST /sign-out" { try await visitors[index].signInAgain(collector) }
                    }
                }
            }
        }
    }

    private static func parts(_ route: String) -> (method: HTTPMethod, path: String, isAPI: Bool) {
        let words = route.split(separator: " ")
        let path = words[1].replacing(#/\{[a-z]+\}/#, with: "00aa")
        return (words[0] == "GET" ? .GET : .POST, String(path), path.hasPrefix("/api/") || path == "/metrics")
    }

    private static func checkNobody(
        _ route: String, _ row: Row, _ client: inout LoopbackClient.Exchange
    ) async throws {
        let (method, path, isAPI) = parts(route)
        let answer =
            method == .GET || isAPI
            ? try await client.send(method, path) : try await ConsoleVisitor.post(path, [], &client)
        switch row.permission {
        case nil:
            #expect(![401, 403].contains(answer.status) || path == "/sign-in", "nobody at \(route): \(answer.status)")
        case .some where isAPI:
            #expect(answer.status == 401 && answer.problem == "operator-required", "nobody at \(route)")
        // A script asks for a stream, and does nothing with a page to sign in on.
        case .some where path.hasPrefix("/events/"): #expect(answer.status == 401, "nobody at \(route)")
        case .some where method == .GET:
            #expect(answer.status == 303, "nobody at \(route): \(answer.status)")
            #expect(answer.headers.first(name: "location")?.hasPrefix("/sign-in") == true)
        case .some: #expect(answer.status == 401, "nobody at \(route): \(answer.status)")
        }
    }

    private static func check(
        _ route: String, _ row: Row, _ visitor: ConsoleVisitor, _ client: inout LoopbackClient.Exchange
    ) async throws {
        let (method, path, isAPI) = parts(route)
        let isGranted = row.roles.contains(visitor.account.role)
        // A stream does not end; that others do not get it is seen above and below.
        if isGranted, path.hasPrefix("/events/") { return }
        let answer: LoopbackClient.Response
        if isAPI {
            let headers = ["cookie": visitor.cookie, OperatorAuthentication.formTokenHeader: visitor.secret.formToken]
            answer = try await client.send(method, path, headers: headers)
        } else if method == .GET {
            answer = try await visitor.get(path, &client)
        } else {
            answer = try await visitor.post(path, [], &client)
        }
        let words = "\(visitor.account.name) at \(route): \(answer.status)"
        if isGranted, row.permission == nil {
            // An attempt without a name and a password is refused to all alike.
            #expect(answer.status < 500 && answer.status != 403, "\(words)")
        } else if isGranted {
            #expect(![401, 403].contains(answer.status) && answer.status < 500, "\(words)")
        } else {
            #expect(answer.status == 403, "\(words)")
            #expect(answer.text.contains("not allowed to you"), "\(words)")
        }
    }
}
