internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayStore
internal import Hummingbird

/// Tokens of devices that join, and of programs.
struct TokenPages: Sendable {
    private static let path = "/settings/tokens"

    let operations: Operations

    private var store: any Store { operations.store }

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page(Self.path) { _, _, visit in .page(try await page(visit)) }
        table.form("/settings/join-tokens", for: .register, makeJoinToken)
        table.form("/settings/join-tokens/{id}/revoke", for: .register) { _, context, visit in
            let id = context.parameters.get("id") ?? ""
            guard try await store.revokeToken(id, by: visit.actor) else {
                return .page(try await page(visit, problem: "The join token was revoked already, or there is none."))
            }
            return .go(to: Self.path, notice: .revoked)
        }
        table.form("/settings/operator-tokens", for: .administer, makeOperatorToken)
        table.form("/settings/operator-tokens/{id}/revoke", for: .administer) { _, context, visit in
            let id = context.parameters.get("id") ?? ""
            guard try await store.revokeOperatorToken(id, by: visit.actor) else {
                return .page(try await page(visit, problem: "The token was revoked already, or there is none."))
            }
            return .go(to: Self.path, notice: .revoked)
        }
    }

    private func makeJoinToken(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        try await attempt(visit) {
            guard let uses = Int(form["uses"]), let hours = Int(form["hours"]), (1...8784).contains(hours) else {
                throw CollectorFailure(.usage, "devices and hours must be numbers")
            }
            let profile = form["profile"].isEmpty ? nil : form["profile"]
            let token = try await operations.createToken(
                uses: uses, validFor: .seconds(hours * 3600), profile: profile, by: visit.actor)
            return .page(try await page(visit, secret: token.token, for: "Give this join token to the devices."))
        }
    }

    private func makeOperatorToken(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        try await attempt(visit) {
            guard let days = Int(form["days"]), (1...1830).contains(days) else {
                throw CollectorFailure(.usage, "days must be a number from 1 to 1830")
            }
            let permissions = form.all("may").compactMap(Permission.init(rawValue:))
            let (text, token) = try await OperatorTokens(store: store).create(
                form["name"], permissions: Set(permissions), validFor: .seconds(days * 86_400),
                holding: visit.principal.permissions, by: visit.actor)
            return .page(try await page(visit, secret: text, for: "The operator token \(token.name)."))
        }
    }

    /// Does something, and shows what is wrong above the lists.
    private func attempt(
        _ visit: ConsoleVisit, _ body: () async throws -> ConsoleAnswer
    ) async throws -> ConsoleAnswer {
        do { return try await body() } catch let failure as CollectorFailure
            where [.usage, .noInput].contains(failure.code)
        {
            return .page(try await page(visit, problem: failure.sentence))
        }
    }

    private func page(
        _ visit: ConsoleVisit, problem: String? = nil, secret: String? = nil, for words: String? = nil
    ) async throws -> TokensPage {
        let join = try await store.tokens().map { token in
            TokensPage.JoinRow(
                id: token.id, state: token.state(at: visit.now), uses: "\(token.used) of \(token.uses)",
                profile: token.profileID, made: MomentView(token.createdAt, at: visit.now),
                ends: MomentView(token.expiresAt, at: visit.now))
        }
        let programs =
            !visit.may(.administer)
            ? nil
            : try await store.operatorTokens().map { token in
                TokensPage.OperatorRow(
                    id: token.id, name: token.name, state: token.state(at: visit.now),
                    may: token.permissions.sorted().map(\.rawValue).joined(separator: ", "),
                    made: MomentView(token.createdAt, at: visit.now), ends: MomentView(token.expiresAt, at: visit.now))
            }
        return TokensPage(
            places: visit.settingsPlaces, formToken: visit.formToken, join: join, mayRegister: visit.may(.register),
            programs: programs,
            permissions: Permission.allCases.map { ChoiceView($0.rawValue, $0.rawValue, isChosen: $0 == .view) },
            problem: problem, secret: secret, secretFor: words)
    }
}
