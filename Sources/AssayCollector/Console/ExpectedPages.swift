internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayStore
internal import AssayTraceability
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// Models: profiles, their revisions, and learning one from a device.
struct ExpectedPages: Sendable {
    /// Rows of a page.
    static let pageSize = 50

    let operations: Operations
    let teacher: ProfileTeacher
    let wakeEvaluation: @Sendable () -> Void

    private var store: any Store { operations.store }

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/expected", list)
        table.page("/expected/profiles/{id}", show)
        table.page("/expected/profiles/{id}/compare") { request, context, visit in
            .page(try await Self.comparison(.profile, operations, request, context))
        }
        table.form("/expected/learn", for: .register) { form, _, visit in
            let id = form["id"]
            let document = try await named {
                try await teacher.learn(from: form["device"], as: id.isEmpty ? nil : id, by: visit.actor)
            }
            wakeEvaluation()
            return .go(to: Self.path(.profile, document.id), notice: .saved)
        }
    }

    /// Where a document is shown.
    static func path(_ kind: TraceabilityDocument.Kind, _ id: String) -> String {
        "/expected/\(kind == .profile ? "profiles" : "records")/\(ConsoleServer.segment(id))"
    }

    /// Where a document's JSON is.
    static func jsonPath(_ kind: TraceabilityDocument.Kind, _ id: String, revision: Int?) -> String {
        let path = "/api/v1/\(kind == .profile ? "profiles" : "records")/\(ConsoleServer.segment(id))"
        return revision.map { "\(path)?revision=\($0)" } ?? path
    }

    /// The id that an address names.
    static func id(_ context: CollectorContext) -> String {
        let text = context.parameters.get("id") ?? ""
        return text.removingPercentEncoding ?? text
    }

    /// Every revision of a document as rows.
    static func rows(_ revisions: [TraceabilityDocument], shown: Int?, at now: Timestamp) -> [DocumentRevision] {
        revisions.map { revision in
            DocumentRevision(
                revision.revision, digest: revision.digest, imported: MomentView(revision.importedAt, at: now),
                isShown: revision.revision == shown, path: path(revision.kind, revision.id))
        }
    }

    /// What differs between two revisions.
    static func comparison(
        _ kind: TraceabilityDocument.Kind, _ operations: Operations, _ request: Request, _ context: CollectorContext
    ) async throws -> ComparisonPage {
        let id = id(context)
        let (from, to) = (try request.revision("from"), try request.revision("to"))
        let result = try await named { try await operations.compare(kind, id, from: from, to: to) }
        let count = try await named { try await operations.document(kind, id).revision }
        return ComparisonPage(
            id: id, noun: kind.noun, path: path(kind, id), from: result.from, to: result.to, count: count,
            differences: result.comparison.differences.map {
                .init(place: $0.place, before: $0.before, after: $0.after)
            },
            omitted: result.comparison.omitted)
    }

    private func list(
        _ request: Request, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        let cursor = request.query("after")
        let documents = try await store.documents(.profile, after: cursor, limit: Self.pageSize + 1)
        let page = documents.prefix(Self.pageSize)
        let rows = try page.map { document in
            ProfilesPage.Row(
                try CanonicalJSON.decode(HardwareProfile.self, from: document.content),
                path: Self.path(.profile, document.id), revision: document.revision,
                imported: MomentView(document.importedAt, at: visit.now))
        }
        let next =
            documents.count > page.count ? page.last.map { "/expected?after=\(ConsoleServer.escaped($0.id))" } : nil
        return .page(
            ProfilesPage(
                rows: rows, next: next, isFirst: cursor == nil, mayRegister: visit.may(.register),
                formToken: visit.formToken))
    }

    private func show(
        _ request: Request, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        let id = Self.id(context)
        let number = try request.revision("revision")
        let document = try await named {
            if let number { return try await operations.revision(.profile, id, number) }
            return try await operations.profile(id)
        }
        let revisions = try await store.revisions(.profile, id: id)
        return .page(
            ProfilePage(
                try CanonicalJSON.decode(HardwareProfile.self, from: document.content), revision: document.revision,
                imported: MomentView(document.importedAt, at: visit.now), path: Self.path(.profile, id),
                json: Self.jsonPath(.profile, id, revision: number),
                revisions: Self.rows(revisions, shown: document.revision, at: visit.now),
                mayRegister: visit.may(.register)))
    }
}
