internal import AssayAccounts
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// `/api/v1` and `/metrics`: everything that operators see and change.
struct OperatorRoutes: Sendable {
    /// Most things on a page.
    static let pageLimit = 500

    let operations: Operations
    let settings: CollectorConfiguration
    let metrics: CollectorMetrics
    let teacher: ProfileTeacher
    let watch: FleetWatch
    let wakeEvaluation: @Sendable () -> Void
    let people: PeopleRoutes
    let plans: PlanDesk

    private var store: any Store { operations.store }

    /// Adds the routes to a group that has authenticated the operator, and returns what each asks for.
    @discardableResult func add(to group: RouterGroup<CollectorContext>) -> OperatorRouteTable {
        let routes = OperatorRouteTable(group)
        routes.get("metrics", use: showMetrics)
        routes.get("api/v1/tokens", use: listTokens)
        routes.post("api/v1/tokens", for: .register, use: createToken)
        routes.post("api/v1/tokens/{id}/revoke", for: .register, use: revokeToken)
        routes.get(
            "api/v1/audit", for: .audit, query: ["limit", "after", "actor", "action", "subject"], use: listAudit)
        routes.get(
            "api/v1/results", query: ["limit", "after", "unit", "station", "verdict", "since"], use: listResults)
        routes.get("api/v1/results/{digest}", use: showResult)
        DeviceRoutes(
            operations: operations, lists: DeviceLists(store: store, settings: settings),
            wakeEvaluation: wakeEvaluation
        ).add(to: routes)
        DocumentRoutes(operations: operations, teacher: teacher, wakeEvaluation: wakeEvaluation).add(to: routes)
        FindingRoutes(operations: operations, wakeEvaluation: wakeEvaluation).add(to: routes)
        PolicyRoutes(operations: operations, wakeEvaluation: wakeEvaluation).add(to: routes)
        PartRoutes(register: PartRegister(store: store), wakeEvaluation: wakeEvaluation).add(to: routes)
        WatchRoutes(watch: watch).add(to: routes)
        routes.get("api/v1/lists") { _, _ in
            try JSONBody.response(PageView(items: try await ListLibrary(store: store).lists(at: .now), next: nil))
        }
        people.add(to: routes)
        PlanRoutes(operations: operations, desk: plans, wakeEvaluation: wakeEvaluation).add(to: routes)
        routes.refuseOtherMethods()
        return routes
    }

    private func showMetrics(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let page = metrics.page(try await store.statistics())
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    private func listTokens(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let now = Timestamp.now
        let tokens = try await store.tokens().map { TokenView($0, at: now) }
        return try JSONBody.response(PageView(items: tokens, next: nil))
    }

    private func createToken(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var uses: Int?
            var expiresIn: Int?
            var profile: String?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 4096)
        let token = try await named {
            try await operations.createToken(
                uses: body.uses ?? 1, validFor: .seconds(body.expiresIn ?? 86_400), profile: body.profile,
                by: context.actor)
        }
        return try JSONBody.response(token, status: .created)
    }

    private func revokeToken(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let id = context.parameters.get("id") ?? ""
        guard try await store.revokeToken(id, by: context.actor) else {
            throw Problem.notFound("no join token \(id) that could be revoked")
        }
        return Response(status: .noContent)
    }

    private func listResults(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let limit = try request.pageSize()
        let verdict = try request.query("verdict", of: Verdict.allCases.map(\.rawValue))
        let cursor = try request.cursor()
        let since = try request.query("since").map { text in
            guard let since = Timestamp(text) else { throw Problem.malformed("since must be an RFC 3339 time") }
            return since
        }
        let query = ResultQuery(
            unit: request.query("unit"), station: request.query("station"),
            verdict: verdict.flatMap(Verdict.init), since: since)
        return try JSONBody.response(try await operations.results(query, after: cursor, limit: limit))
    }

    private func showResult(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let digest = context.parameters.get("digest") ?? ""
        return try JSONBody.response(try await named { try await operations.result(digest) })
    }

    private func listAudit(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let query = AuditQuery(
            actor: request.query("actor"), action: request.query("action"), subject: request.query("subject"))
        let (entries, next) = try await store.audit(query, after: request.cursor(), limit: request.pageSize())
        return try JSONBody.response(PageView(items: entries, next: next.map { String($0) }))
    }
}

/// Turns what an operation says into what a client is told.
func named<T: Sendable>(_ body: () async throws -> T) async throws -> T {
    do { return try await body() } catch let failure as CollectorFailure {
        switch failure.code {
        case .noInput: throw Problem.notFound(failure.description)
        case .usage, .data:
            throw Problem.malformed(([failure.description] + failure.details).joined(separator: "\n"))
        default: throw failure
        }
    }
}

extension CollectorContext {
    /// The operator of this request, for the audit trail.
    var actor: Actor { Actor(principal?.actorName ?? "operator:unknown", at: .now) }
}
