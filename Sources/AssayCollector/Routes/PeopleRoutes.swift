internal import AssayAccounts
internal import AssayModel
internal import AssayStore
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// People and the tokens of programs in the operator API.
struct PeopleRoutes: Sendable {
    private static let bodyLimit = 4096

    let store: any Store
    let people: People
    /// Where browsers reach the collector.
    let address: String

    /// Adds the routes.
    func add(to routes: OperatorRouteTable) {
        routes.get("api/v1/me") { request, context in
            guard let principal = context.principal else { throw Problem.operatorRequired }
            return try JSONBody.response(PrincipalView(principal))
        }
        routes.get("api/v1/people", for: .administer, use: list)
        routes.post("api/v1/people", for: .administer, use: invite)
        routes.get("api/v1/people/{id}", for: .administer) { request, context in
            return try await answer { try await people.account($0) }(request, context)
        }
        routes.post("api/v1/people/{id}/role", for: .administer, use: assignRole)
        routes.post("api/v1/people/{id}/invite", for: .administer, use: inviteAgain)
        routes.post("api/v1/people/{id}/close", for: .administer) { request, context in
            return try await answer { try await people.close($0, by: context.actor) }(request, context)
        }
        routes.post("api/v1/people/{id}/reopen", for: .administer) { request, context in
            return try await answer { try await people.reopen($0, by: context.actor) }(request, context)
        }
        routes.get("api/v1/operator-tokens", for: .administer, use: listTokens)
        routes.post("api/v1/operator-tokens", for: .administer, use: createToken)
        routes.post("api/v1/operator-tokens/{id}/revoke", for: .administer, use: revokeToken)
    }

    private func list(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let now = Timestamp.now
        let accounts = try await store.accounts().map { AccountView($0, at: now) }
        return try JSONBody.response(PageView(items: accounts, next: nil))
    }

    private func invite(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var name: String
            var role: String
            var accessFor: Int?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: Self.bodyLimit)
        let role = try Self.role(body.role)
        let actor = context.actor
        let (account, secret) = try await named {
            try await people.invite(body.name, role: role, ends: body.accessFor.map { .seconds($0) }, by: actor)
        }
        return try JSONBody.response(view(account, secret), status: .created)
    }

    private func inviteAgain(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let (account, secret) = try await named {
            try await people.inviteAgain(name(context), by: context.actor)
        }
        return try JSONBody.response(view(account, secret), status: .created)
    }

    private func view(_ account: Account, _ secret: String) -> InvitedView {
        InvitedView(account: AccountView(account, at: .now), link: "\(address)/setup/\(secret)")
    }

    private func assignRole(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var role: String
            var accessFor: Int?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: Self.bodyLimit)
        let role = try Self.role(body.role)
        return try await answer {
            try await people.assign(role, ends: body.accessFor.map { .seconds($0) }, to: $0, by: context.actor)
        }(request, context)
    }

    private static func role(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text) else {
            throw Problem.malformed("role must be one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return role
    }

    private func answer(
        _ body: @escaping @Sendable (String) async throws -> Account
    ) -> @Sendable (Request, CollectorContext) async throws -> Response {
        { _, context in
            let name = name(context)
            return try JSONBody.response(AccountView(try await named { try await body(name) }, at: .now))
        }
    }

    private func listTokens(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let now = Timestamp.now
        let tokens = try await store.operatorTokens().map { OperatorTokenView($0, at: now) }
        return try JSONBody.response(PageView(items: tokens, next: nil))
    }

    private func createToken(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var name: String
            var permissions: [String]
            var expiresIn: Int?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: Self.bodyLimit)
        let permissions = try body.permissions.map { word in
            guard let permission = Permission(rawValue: word) else {
                let known = Permission.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.malformed("permissions are of \(known)")
            }
            return permission
        }
        let (text, token) = try await named {
            try await OperatorTokens(store: store).create(
                body.name, permissions: Set(permissions), validFor: body.expiresIn.map { .seconds($0) },
                holding: context.principal?.permissions ?? [], by: context.actor)
        }
        return try JSONBody.response(
            NewOperatorTokenView(token: text, details: OperatorTokenView(token, at: .now)), status: .created)
    }

    private func revokeToken(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let id = name(context)
        guard try await store.revokeOperatorToken(id, by: context.actor) else {
            throw Problem.notFound("no operator token \(id) that could be withdrawn")
        }
        return Response(status: .noContent)
    }

    private func name(_ context: CollectorContext) -> String {
        let text = context.parameters.get("id") ?? ""
        return text.removingPercentEncoding ?? text
    }
}
