internal import AssayAccounts
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird

/// Policies of groups of devices, and plans of what documents would change, in the operator API.
struct PolicyRoutes: Sendable {
    /// A file in base64, since a signature is over its very bytes and a record may be of any form.
    private struct File: Decodable {
        let bytes: [UInt8]

        init(from decoder: any Decoder) throws {
            let values = try decoder.singleValueContainer()
            guard let bytes = Base64.decode(try values.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: values, debugDescription: "is no base64")
            }
            self.bytes = bytes
        }
    }

    /// Most documents that one plan takes.
    private static let planLimit = 64

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
        routes.post("api/v1/plan", for: .register, use: plan)
    }

    private func show(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let (policy, voucher) = try await named { try await library.policy(context.documentID) }
        return try JSONBody.response(PolicyView(policy: policy, vouchedBy: voucher))
    }

    private func importPolicy(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var content: File
            var reviewedBy: String?
            var key: String?
            var signature: File?
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

    /// Judges the stored devices again with documents in the place of what is stored, and writes nothing.
    private func plan(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var profiles: [File]?
            var policies: [File]?
            var records: [File]?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 2 * RecordJSON.maximumSize)
        let files = (body.profiles ?? []).count + (body.policies ?? []).count + (body.records ?? []).count
        guard (1...Self.planLimit).contains(files) else {
            throw Problem.malformed("a plan takes 1 to \(Self.planLimit) profiles, policies and records")
        }
        let planner = Planner(store: operations.store)
        let plan = try await named {
            var candidates: [TraceabilityDocument] = []
            for file in body.profiles ?? [] {
                candidates.append(try await operations.profileDocument(file.bytes, by: context.actor))
            }
            for file in body.policies ?? [] { candidates += try await planner.policy(file.bytes, by: context.actor) }
            for file in body.records ?? [] {
                candidates += try await operations.recordDocuments(file.bytes, by: context.actor)
            }
            return try await planner.plan(candidates)
        }
        return try JSONBody.response(plan)
    }
}
