internal import AssayAccounts
internal import AssayModel
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird

/// Plans of the operator API: what an import would change, before it is one.
struct PlanRoutes: Sendable {
    /// Most files that one plan takes.
    private static let fileLimit = 64

    let operations: Operations
    let desk: PlanDesk
    let wakeEvaluation: @Sendable () -> Void

    /// Adds the routes.
    func add(to routes: OperatorRouteTable) {
        routes.post("api/v1/plans", for: .register, use: submit)
        routes.get("api/v1/plans/{id}", for: .register) { _, context in
            try JSONBody.response(PlanView(try await draft(context)))
        }
        routes.post("api/v1/plans/{id}/apply", for: .register, use: apply)
    }

    private func submit(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var profiles: [Base64File]?
            var policies: [Base64File]?
            var records: [Base64File]?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 2 * RecordJSON.maximumSize)
        let files = (body.profiles ?? []).count + (body.policies ?? []).count + (body.records ?? []).count
        guard (1...Self.fileLimit).contains(files) else {
            throw Problem.malformed("a plan takes 1 to \(Self.fileLimit) profiles, policies and records")
        }
        let planner = Planner(store: operations.store)
        let draft = try await named {
            var documents: [TraceabilityDocument] = []
            for file in body.profiles ?? [] {
                documents.append(try await operations.profileDocument(file.bytes, by: context.actor))
            }
            for file in body.policies ?? [] { documents += try await planner.policy(file.bytes, by: context.actor) }
            for file in body.records ?? [] {
                documents += try await operations.recordDocuments(file.bytes, by: context.actor)
            }
            return try await desk.submit(documents, by: context.actor)
        }
        return try JSONBody.response(PlanView(draft), status: .accepted)
    }

    private func apply(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let draft = try await draft(context)
        // Whatever a role of its own may import: a policy decides for everybody.
        guard !draft.isPolicy || context.principal?.may(.administer) == true else {
            throw Problem.notPermitted(.administer)
        }
        let documents = try await named { try await desk.apply(draft.id, by: context.actor) }
        wakeEvaluation()
        return try JSONBody.response(PageView(items: documents.map(DocumentView.init), next: nil), status: .created)
    }

    private func draft(_ context: CollectorContext) async throws -> PlanDesk.Draft {
        try await named { try desk.draft(context.parameters.get("id") ?? "") }
    }
}
