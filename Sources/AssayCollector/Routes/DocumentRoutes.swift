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
            let isOfUnits = kind == .record || kind == .delta
            let parameters = ["limit", "after"] + (isOfUnits ? ["serial"] : [])
            routes.get("api/v1/\(path)", query: parameters) { request, _ in try await operations.list(kind, request) }
            routes.get("api/v1/\(path)/{id}", query: ["revision"]) { try await show(kind, $0, $1) }
            routes.get("api/v1/\(path)/{id}/revisions") { try await listRevisions(kind, $1) }
            routes.get("api/v1/\(path)/{id}/compare", query: ["from", "to"]) { try await compare(kind, $0, $1) }
        }
        routes.get("api/v1/records/{id}/chain") { _, context in
            try JSONBody.response(ChainView(try await named { try await operations.chain(context.documentID) }))
        }
        routes.get("api/v1/suppliers/{id}/standing", use: showStanding)
        routes.post("api/v1/profiles", for: .register, use: importProfile)
        routes.post("api/v1/profiles/learn", for: .register, use: learnProfile)
        routes.post("api/v1/records", for: .register, query: ["form"], use: importRecords)
        routes.post("api/v1/suppliers", for: .register, use: importSuppliers)
    }

    private static let kinds: [(String, TraceabilityDocument.Kind)] = [
        ("profiles", .profile), ("records", .record), ("deltas", .delta), ("suppliers", .suppliers),
    ]

    private func show(
        _ kind: TraceabilityDocument.Kind, _ request: Request, _ context: CollectorContext
    ) async throws -> Response {
        let number = try request.revision("revision")
        let document = try await named {
            if let number { return try await operations.revision(kind, context.documentID, number) }
            return try await operations.document(kind, context.documentID)
        }
        return JSONBody.response(json: document.content)
    }

    private func listRevisions(
        _ kind: TraceabilityDocument.Kind, _ context: CollectorContext
    ) async throws -> Response {
        let newest = try await named { try await operations.document(kind, context.documentID) }
        let revisions = try await operations.store.revisions(kind, id: newest.id)
        return try JSONBody.response(PageView(items: revisions.map(DocumentView.init), next: nil))
    }

    private func compare(
        _ kind: TraceabilityDocument.Kind, _ request: Request, _ context: CollectorContext
    ) async throws -> Response {
        let (from, to) = (try request.revision("from"), try request.revision("to"))
        let comparison = try await named {
            try await operations.compare(kind, context.documentID, from: from, to: to)
        }
        return try JSONBody.response(comparison)
    }

    /// Companies of a graph whose papers expired, or that a restricted list names.
    private func showStanding(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let graph = try await named { try await operations.suppliers(context.documentID) }
        let lookup = try await SupplierLookup(store: operations.store)
        let moment = RecordMoment(seconds: Timestamp.now.seconds)
        let views = graph.suppliers.map { supplier in
            SupplierStandingView(
                id: supplier.id, name: supplier.name,
                expired: supplier.documents.filter { $0.isExpired(at: moment) }.map(\.id),
                restrictions: lookup.restrictions(of: supplier))
        }
        let standing = views.filter { !$0.expired.isEmpty || !$0.restrictions.isEmpty }.sorted { $0.id < $1.id }
        return try JSONBody.response(PageView(items: standing, next: nil))
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
        let cursor = request.query("after")
        let documents =
            if let serial = request.query("serial"), !serial.isEmpty {
                try await store.documents(kind, serialPrefix: serial, after: cursor, limit: limit)
            } else {
                try await store.documents(kind, after: cursor, limit: limit)
            }
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
