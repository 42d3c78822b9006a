internal import AssayAccounts
internal import AssayModel
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird

/// Findings and their life in the operator API.
struct FindingRoutes: Sendable {
    let operations: Operations
    let wakeEvaluation: @Sendable () -> Void

    private var store: any Store { operations.store }

    /// Adds the routes.
    func add(to routes: OperatorRouteTable) {
        routes.get("api/v1/findings", query: ["limit", "after"] + Self.filters, use: list)
        routes.get("api/v1/causes", query: ["limit", "after"] + Self.filters, use: listCauses)
        routes.post("api/v1/causes/acknowledge", for: .triage, use: acknowledgeAll)
        routes.post("api/v1/causes/waive", for: .triage, use: waiveAll)
        routes.get("api/v1/findings/{id}", use: show)
        routes.get("api/v1/findings/{id}/history", use: showHistory)
        routes.post("api/v1/findings/{id}/settle", for: .triage, use: settle)
        routes.post("api/v1/findings/{id}/acknowledge", for: .triage, use: acknowledge)
        routes.post("api/v1/findings/{id}/waive", for: .triage, use: waive)
        routes.post("api/v1/findings/{id}/unwaive", for: .triage, use: unwaive)
        routes.get("api/v1/waivers", query: ["limit", "state"]) { request, _ in
            let state = try request.query("state", of: ["open", "all"])
            let waivers = try await store.waivers(includesEnded: state == "all", limit: request.pageSize())
            return try JSONBody.response(PageView(items: waivers, next: nil))
        }
    }

    private static let filters = ["device", "state", "severity", "rule", "cause", "model", "site", "text"]
    private static let states = FindingState.allCases.map(\.rawValue)

    /// What both lists understand; `state` is one of the states, `open` for all that are not resolved, or `all`.
    private func query(_ request: Request) async throws -> FindingQuery {
        let state = try request.query("state", of: Self.states + ["all"])
        var query = FindingQuery(includesResolved: state == "all" || state == "resolved")
        if let state = state.flatMap(FindingState.init(rawValue:)), state != .open { query.states = [state] }
        if let name = request.query("device") {
            query.deviceID = try await named { try await operations.device(name).id }
        }
        query.severity = try request.query("severity", of: Finding.Severity.allCases.map(\.rawValue))
        query.rule = request.query("rule")
        query.cause = request.query("cause")
        query.model = request.query("model").map(DeviceFacts.searchForm)
        query.site = request.query("site")
        query.text = request.query("text")
        return query
    }

    private func list(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let limit = try request.pageSize()
        let query = try await query(request)
        let (findings, next) = try await store.findings(query, after: request.cursor(), limit: limit)
        return try JSONBody.response(
            PageView(items: try findings.map(FindingView.init), next: next.map { String($0) }))
    }

    private func listCauses(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let cursor = try request.query("after").map { text in
            guard let cursor = CauseCursor(text) else { throw Problem.badCursor }
            return cursor
        }
        let (causes, next) = try await store.causes(
            try await query(request), after: cursor, limit: try request.pageSize())
        return try JSONBody.response(PageView(items: causes, next: next?.description))
    }

    private func show(_ request: Request, _ context: CollectorContext) async throws -> Response {
        try JSONBody.response(try FindingView(try await finding(context)))
    }

    private func showHistory(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let events = try await store.findingHistory(try await finding(context).id)
        return try JSONBody.response(PageView(items: events, next: nil))
    }

    private func settle(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable { var reason: String }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 16_384)
        let finding = try await finding(context)
        guard try await store.settleFinding(finding.id, reason: body.reason, by: context.actor) else {
            throw Problem(
                "finding-not-settleable", .conflict, "This finding is settled by evidence alone",
                "only an open finding of the chain can be settled by an operator")
        }
        wakeEvaluation()
        return try await show(request, context)
    }

    private func acknowledge(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable { var note: String? }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 16_384)
        let finding = try await named {
            try await operations.acknowledge(name(context), note: body.note ?? "", by: context.actor)
        }
        return try JSONBody.response(try FindingView(finding))
    }

    private func waive(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var scope: Waiver.Scope?
            var owner: String?
            var reason: String
            var expiresIn: Int?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 16_384)
        let waiver = try await named {
            try await operations.waive(
                name(context),
                WaiverRequest(
                    scope: body.scope ?? .unit, owner: body.owner, reason: body.reason,
                    duration: body.expiresIn.map { .seconds($0) }), by: context.actor)
        }
        wakeEvaluation()
        return try JSONBody.response(waiver, status: .created)
    }

    /// What is chosen together; `model` and `site` bound the causes.
    private struct Selection: Decodable {
        var causes: [String]?
        var findings: [String]?
        var model: String?
        var site: String?
        var note: String?
        var scope: Waiver.Scope?
        var owner: String?
        var reason: String?
        var expiresIn: Int?

        var chosen: FindingSelection {
            var query = FindingQuery()
            query.model = model.map(DeviceFacts.searchForm)
            query.site = site
            return FindingSelection(causes: causes ?? [], findings: findings ?? [], within: query)
        }
    }

    private func acknowledgeAll(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let body = try await JSONBody.decode(Selection.self, of: request, limit: 65_536)
        return try JSONBody.response(
            try await named {
                try await operations.acknowledge(body.chosen, note: body.note ?? "", by: context.actor)
            })
    }

    private func waiveAll(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let body = try await JSONBody.decode(Selection.self, of: request, limit: 65_536)
        let terms = WaiverRequest(
            scope: body.scope ?? .unit, owner: body.owner, reason: body.reason ?? "",
            duration: body.expiresIn.map { .seconds($0) })
        let made = try await named { try await operations.waive(body.chosen, terms, by: context.actor) }
        wakeEvaluation()
        return try JSONBody.response(made, status: .created)
    }

    private func unwaive(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable { var reason: String }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 16_384)
        _ = try await named { try await operations.unwaive(name(context), reason: body.reason, by: context.actor) }
        wakeEvaluation()
        return Response(status: .noContent)
    }

    private func finding(_ context: CollectorContext) async throws -> StoredFinding {
        try await named { try await operations.finding(name(context)) }
    }

    private func name(_ context: CollectorContext) -> String { context.parameters.get("id") ?? "" }
}
