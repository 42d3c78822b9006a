internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayStore
internal import Hummingbird

/// Policies, lists and the audit trail.
struct SettingsPages: Sendable {
    private static let pageSize = 50
    private static let policyLimit = 500

    let operations: Operations
    let people: People
    /// Where browsers reach the collector.
    let address: String

    private var store: any Store { operations.store }

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/settings") { _, _, visit in .page(try await settings(visit)) }
        table.page("/settings/policies") { request, _, visit in .page(try await policy(request, visit)) }
        table.page("/settings/audit", for: .audit) { request, _, visit in .page(try await audit(request, visit)) }
        PeoplePages(store: store, people: people, address: address).add(to: table)
        TokenPages(operations: operations).add(to: table)
    }

    private func settings(_ visit: ConsoleVisit) async throws -> SettingsPage {
        let policies = try await store.documents(.policy, after: nil, limit: Self.policyLimit).map { document in
            let policy = try StoredPolicy(json: document.content).policy
            return SettingsPage.PolicyRow(
                id: document.id, link: "/settings/policies?id=\(ConsoleServer.escaped(document.id))",
                name: policy.title, group: Self.words(policy.group), revision: "\(document.revision)",
                imported: MomentView(document.importedAt, at: visit.now))
        }
        let lists = try await ListLibrary(store: store).lists(at: visit.now).map { list in
            SettingsPage.ListRow(
                id: list.id, name: list.title, date: list.date, age: list.age == 1 ? "1 day" : "\(list.age) days",
                isOutdated: list.outdated ?? false, entries: list.entries.grouped,
                origin: list.importedAt.map { "imported on \($0.description.prefix(10))" } ?? "built in")
        }
        return SettingsPage(places: visit.settingsPlaces, policies: policies, lists: lists)
    }

    private static func words(_ group: DevicePolicy.Group) -> String {
        let lists = [
            ("maker", group.manufacturers), ("model", group.models), ("serial number", group.serials),
            ("profile", group.profiles), ("site", group.sites),
        ]
        let words = lists.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: " or "))" }
        return words.isEmpty ? "every device" : words.joined(separator: ", and ")
    }

    private func policy(_ request: Request, _ visit: ConsoleVisit) async throws -> PolicyPage {
        try request.allowQuery(["id"])
        let id = request.query("id") ?? ""
        guard let document = try await store.document(.policy, id: id) else {
            throw Problem.notFound("There is no policy \(id.prefix(128)).")
        }
        let stored = try StoredPolicy(json: document.content)
        let policy = stored.policy
        let rules =
            policy.severities.sorted { $0.key < $1.key }.map { rule, severity in
                PolicyPage.RuleRow(
                    rule: rule,
                    effect: severity == .info ? "a note that decides nothing" : "severity \(severity.rawValue)",
                    reason: nil)
            } + policy.ignored.map { PolicyPage.RuleRow(rule: $0.rule, effect: "left out", reason: $0.reason) }
        let waivers = [
            policy.waivers.owner.map { "\($0) answers for them" },
            policy.waivers.days.map { "last \($0) days where nobody says otherwise" },
            policy.waivers.maximumDays.map { "last \($0) days at most" },
        ].compactMap(\.self)
        return PolicyPage(
            places: visit.settingsPlaces, id: document.id, name: policy.title, revision: "\(document.revision)",
            imported: MomentView(document.importedAt, at: visit.now), vouchedBy: stored.voucher,
            group: Self.words(policy.group),
            uses: policy.intendedUse.isEmpty ? nil : policy.intendedUse.joined(separator: ", "),
            waivers: waivers.isEmpty ? "need an owner, and last a year at most" : waivers.joined(separator: "; "),
            rules: rules, json: String(decoding: try CanonicalJSON.encode(policy), as: UTF8.self))
    }

    private func audit(_ request: Request, _ visit: ConsoleVisit) async throws -> AuditPage {
        try request.allowQuery(["actor", "action", "subject", "after"])
        func field(_ name: String) -> String? { request.query(name).flatMap { $0.isEmpty ? nil : $0 } }
        let query = AuditQuery(actor: field("actor"), action: field("action"), subject: field("subject"))
        let (entries, next) = try await store.audit(query, after: request.cursor(), limit: Self.pageSize)
        let names = try await ActorNames(store: store)
        let further = ["actor", "action", "subject"].compactMap { name in
            field(name).map { "\(name)=\(ConsoleServer.escaped($0))&" }
        }
        return AuditPage(
            places: visit.settingsPlaces, actor: query.actor ?? "", action: query.action ?? "",
            subject: query.subject ?? "",
            rows: entries.map { entry in
                AuditPage.Row(
                    at: MomentView(entry.at, at: visit.now), who: names.name(entry.actor), actor: entry.actor,
                    action: entry.action, subject: entry.subject, detail: entry.detail)
            }, next: next.map { "/settings/audit?\(further.joined())after=\($0)" })
    }
}

extension ConsoleVisit {
    /// The places of the settings that this visitor may open.
    var settingsPlaces: SettingsPlaces { SettingsPlaces(people: may(.administer), audit: may(.audit)) }
}
