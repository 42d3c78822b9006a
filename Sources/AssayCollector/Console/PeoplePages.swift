internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayStore
internal import Foundation
internal import Hummingbird

/// Who may sign in, for those who decide it.
struct PeoplePages: Sendable {
    let store: any Store
    let people: People
    /// Where browsers reach the collector.
    let address: String

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        let path = "/settings/people"
        table.page(path, for: .administer) { _, _, visit in .page(try await page(visit)) }
        table.form(path, for: .administer) { form, _, visit in
            try await attempt(visit) {
                let (account, secret) = try await people.invite(
                    form["name"], role: try Self.role(form), ends: try Self.access(form), by: visit.actor)
                return .page(try await page(visit, link: secret, for: account))
            }
        }
        table.form(path + "/{id}/invite", for: .administer) { _, context, visit in
            try await attempt(visit) {
                let (account, secret) = try await people.inviteAgain(Self.id(context), by: visit.actor)
                return .page(try await page(visit, link: secret, for: account))
            }
        }
        table.form(path + "/{id}/role", for: .administer) { form, context, visit in
            try await attempt(visit) {
                _ = try await people.assign(
                    try Self.role(form), ends: try Self.access(form), to: Self.id(context), by: visit.actor)
                return .go(to: path, notice: .saved)
            }
        }
        table.form(path + "/{id}/close", for: .administer) { _, context, visit in
            try await attempt(visit) {
                _ = try await people.close(Self.id(context), by: visit.actor)
                return .go(to: path, notice: .closed)
            }
        }
        table.form(path + "/{id}/reopen", for: .administer) { _, context, visit in
            try await attempt(visit) {
                _ = try await people.reopen(Self.id(context), by: visit.actor)
                return .go(to: path, notice: .saved)
            }
        }
    }

    private static func id(_ context: CollectorContext) -> String {
        let text = context.parameters.get("id") ?? ""
        return text.removingPercentEncoding ?? text
    }

    private static func role(_ form: FormBody) throws -> Role {
        guard let role = Role(rawValue: form["role"]) else {
            throw CollectorFailure(.usage, "a role is one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return role
    }

    private static func access(_ form: FormBody) throws -> Duration? {
        guard !form["days"].isEmpty else { return nil }
        guard let days = Int(form["days"]), (1...366).contains(days) else {
            throw CollectorFailure(.usage, "days must be a number from 1 to 366")
        }
        return .seconds(days * 86_400)
    }

    /// Does something, and shows what is wrong above the list.
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
        _ visit: ConsoleVisit, problem: String? = nil, link secret: String? = nil, for invited: Account? = nil
    ) async throws -> PeoplePage {
        let roles = Role.allCases.map { (value: $0.rawValue, name: $0.rawValue) }
        let rows = try await store.accounts().map { account in
            let view = AccountView(account, at: visit.now)
            return PeoplePage.Row(
                id: account.id, name: account.name, role: view.role.rawValue,
                roles: ChoiceView.list(roles, chosen: view.role.rawValue), state: view.state,
                hasFactor: view.hasSecondFactor, ends: MomentView(view.accessEnds, at: visit.now),
                seen: MomentView(view.lastSignIn, at: visit.now), isSelf: account.id == visit.account.id)
        }
        return PeoplePage(
            places: visit.settingsPlaces, formToken: visit.formToken, people: rows,
            roles: ChoiceView.list(roles, chosen: Role.viewer.rawValue), problem: problem,
            link: secret.map { "\(address)/setup/\($0)" }, linkFor: invited?.name)
    }
}
