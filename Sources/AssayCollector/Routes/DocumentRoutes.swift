internal import AssayModel
internal import AssayStore
internal import AssayTraceability
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Profiles and as-built records of the operator API.
struct DocumentRoutes: Sendable {
    let operations: Operations
    let teacher: ProfileTeacher
    let wakeEvaluation: @Sendable () -> Void

    /// Adds the routes.
    func add(to routes: OperatorRouteTable) {
        routes.get("api/v1/profiles") { request, _ in try await list(.profile, request) }
        routes.get("api/v1/profiles/{id}") { try await show(.profile, $1) }
        routes.post("api/v1/profiles", use: importProfile)
        routes.post("api/v1/profiles/learn", use: learnProfile)
        routes.get("api/v1/records") { request, _ in try await list(.record, request) }
        routes.get("api/v1/records/{id}") { try await show(.record, $1) }
        routes.post("api/v1/records", use: importRecords)
        routes.get("api/v1/suppliers") { request, _ in try await list(.suppliers, request) }
        routes.get("api/v1/suppliers/{id}") { try await show(.suppliers, $1) }
        routes.post("api/v1/suppliers", use: importSuppliers)
        routes.get("api/v1/deltas") { request, _ in try await list(.delta, request) }
        routes.get("api/v1/deltas/{id}") { try await show(.delta, $1) }
    }

    private func list(_ kind: TraceabilityDocument.Kind, _ request: Request) async throws -> Response {
        try request.allowQuery("limit", "after")
        let limit = try request.pageSize()
        let documents = try await operations.store.documents(kind, after: request.query("after"), limit: limit)
        let next = documents.count == limit ? documents.last?.id : nil
        return try JSONBody.response(PageView(items: documents.map(DocumentView.init), next: next))
    }

    private func show(_ kind: TraceabilityDocument.Kind, _ context: CollectorContext) async throws -> Response {
        let id = context.parameters.get("id") ?? ""
        let document = try await named { try await operations.document(kind, id.removingPercentEncoding ?? id) }
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.content)))
    }

    private func importProfile(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let bytes = try await JSONBody.bytes(of: request, limit: RecordJSON.maximumSize)
        return try await created { try await operations.importProfile(bytes, by: context.actor) }
    }

    /// Takes any form; one document answers as itself, several as a list.
    private func importRecords(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let bytes = try await JSONBody.bytes(of: request, limit: RecordJSON.maximumSize)
        let documents = try await named {
            var options = RecordImportOptions()
            if let name = request.query("form") {
                options.form = RecordForm(rawValue: name)
                if options.form == nil { throw CollectorFailure(.usage, "\(name) is no form of a record") }
            }
            return try await operations.importRecords(bytes, options, by: context.actor)
        }
        wakeEvaluation()
        if documents.count == 1, let only = documents.first {
            return try JSONBody.response(DocumentView(only), status: .created)
        }
        return try JSONBody.response(
            PageView(items: documents.map(DocumentView.init), next: nil), status: .created)
    }

    private func importSuppliers(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let bytes = try await JSONBody.bytes(of: request, limit: RecordJSON.maximumSize)
        return try await created { try await operations.importSuppliers(bytes, by: context.actor) }
    }

    private func learnProfile(_ request: Request, _ context: CollectorContext) async throws -> Response {
        struct Body: Decodable {
            var device: String
            var id: String?
        }
        let body = try await JSONBody.decode(Body.self, of: request, limit: 4096)
        return try await created {
            try await teacher.learn(from: body.device, as: body.id, by: context.actor)
        }
    }

    private func created(_ body: () async throws -> TraceabilityDocument) async throws -> Response {
        let document = try await named(body)
        wakeEvaluation()
        return try JSONBody.response(DocumentView(document), status: .created)
    }
}
