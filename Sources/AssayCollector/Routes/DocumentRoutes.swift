internal import AssayAccounts
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
        for (path, kind) in Self.kinds {
            routes.get("api/v1/\(path)", query: ["limit", "after"]) { request, _ in
                try await operations.list(kind, request)
            }
            routes.get("api/v1/\(path)/{id}") { try await show(kind, $1) }
        }
        routes.post("api/v1/profiles", for: .register, use: importProfile)
        routes.post("api/v1/profiles/learn", for: .register, use: learnProfile)
        routes.post("api/v1/records", for: .register, query: ["form"], use: importRecords)
        routes.post("api/v1/suppliers", for: .register, use: importSuppliers)
    }

    private static let kinds: [(String, TraceabilityDocument.Kind)] = [
        ("profiles", .profile), ("records", .record), ("deltas", .delta), ("suppliers", .suppliers),
    ]

    private func show(_ kind: TraceabilityDocument.Kind, _ context: CollectorContext) async throws -> Response {
        let document = try await named { try await operations.document(kind, context.documentID) }
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

extension Operations {
    /// A page of documents of a kind, without their content.
    func list(_ kind: TraceabilityDocument.Kind, _ request: Request) async throws -> Response {
        let limit = try request.pageSize()
        let documents = try await store.documents(kind, after: request.query("after"), limit: limit)
        let next = documents.count == limit ? documents.last?.id : nil
        return try JSONBody.response(PageView(items: documents.map(DocumentView.init), next: next))
    }
}

extension CollectorContext {
    /// The id of a document in the path, which may hold slashes and blanks.
    var documentID: String {
        let id = parameters.get("id") ?? ""
        return id.removingPercentEncoding ?? id
    }
}
