internal import AssayAccounts
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird

/// Policies of groups of devices in the operator API.
struct PolicyRoutes: Sendable {
    let operations: Operations
    let wakeEvaluation: @Sendable () -> Void

    private var library: PolicyLibrary { PolicyLibrary(store: operations.store) }

    /// Adds the routes.
    func add(to routes: OperatorRouteTable) {
        routes.get("api/v1/policies", query: ["limit", "after"]) { request, _ in
            try await operations.list(.policy, request)
        }
        routes.get("api/v1/policies/{id}", use: show)
        routes.post("api/v1/policies", for: .administer, use: importPolicy)
    }

    private func show(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let (policy, voucher) = try await named { try await library.policy(context.documentID) }
        return try JSONBody.response(PolicyView(policy: policy, vouchedBy: voucher))
    }

    private func importPolicy(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var content: Base64File
            var reviewedBy: String?
            var key: String?
            var signature: Base64File?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 2 * PolicyLibrary.sizeLimit)
        guard (body.key == nil) != (body.reviewedBy == nil), body.signature == nil || body.key != nil else {
            throw Problem.malformed(
                "a policy is signed (key, and signature where it is detached) or reviewed (reviewedBy)")
        }
        let voucher: PolicyLibrary.Voucher =
            if let key = body.key {
                .key(pem: key, signature: body.signature?.bytes)
            } else {
                .reviewer(body.reviewedBy ?? "")
            }
        let document = try await named {
            try await library.importPolicy(body.content.bytes, vouchedBy: voucher, by: context.actor)
        }
        wakeEvaluation()
        return try JSONBody.response(DocumentView(document), status: .created)
    }
}
