internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayStore
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// Supplier graphs, and their companies with their papers.
struct SupplierPages: Sendable {
    /// Most graphs that are offered.
    private static let graphLimit = 50

    let operations: Operations
    let wakeEvaluation: @Sendable () -> Void

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        table.page("/suppliers") { request, _, visit in .page(try await page(nil, request, visit)) }
        table.page("/suppliers/{id}") { request, context, visit in
            .page(try await page(ExpectedPages.id(context), request, visit))
        }
        table.page("/suppliers/{id}/{company}", show)
        table.form("/suppliers/import", for: .register, limit: RecordPages.uploadLimit, takeFile)
    }

    private static func path(_ graph: String, _ company: String? = nil) -> String {
        let path = "/suppliers/\(ConsoleServer.segment(graph))"
        return company.map { "\(path)/\(ConsoleServer.segment($0))" } ?? path
    }

    private func page(
        _ id: String?, _ request: Request, _ visit: ConsoleVisit
    ) async throws -> SuppliersPage {
        let graphs = try await operations.store.documents(.suppliers, after: nil, limit: Self.graphLimit)
        let document =
            if let id { try await named { try await operations.document(.suppliers, id) } } else { graphs.first }
        var shown: SuppliersPage.Shown?
        if let document { shown = try await self.shown(document, offset: try Self.offset(request), visit.now) }
        return SuppliersPage(
            choices: graphs.map { .init(graph: $0.id, path: Self.path($0.id), isShown: $0.id == document?.id) },
            shown: shown, mayRegister: visit.may(.register), formToken: visit.formToken)
    }

    private static func offset(_ request: Request) throws(Problem) -> Int {
        guard let text = request.query("from") else { return 0 }
        guard let number = Int(text), (0...RecordJSON.maximumEntries).contains(number) else {
            throw .malformed("from must be the number of a company")
        }
        return number
    }

    private func shown(
        _ document: TraceabilityDocument, offset: Int, _ now: Timestamp
    ) async throws -> SuppliersPage.Shown {
        let graph = try CanonicalJSON.decode(SupplierGraph.self, from: document.content)
        let ordered = graph.suppliers.sorted { ($0.tier ?? .max, $0.name, $0.id) < ($1.tier ?? .max, $1.name, $1.id) }
        let isDrawn = ordered.count <= SupplierDrawing.limit
        // A page of a large graph asks the lists for its own companies alone.
        let page = isDrawn ? ordered[...] : ordered.dropFirst(offset).prefix(ExpectedPages.pageSize)
        let lookup = try await SupplierLookup(store: operations.store)
        let names = Dictionary(graph.suppliers.map { ($0.id, $0.name) }) { first, _ in first }
        let views = page.map { supplier in
            SupplierView(
                supplier, names: names, path: Self.path(graph.id, supplier.id),
                restrictions: lookup.restrictions(of: supplier), at: RecordMoment(seconds: now.seconds))
        }
        let path = Self.path(graph.id)
        let after = offset + ExpectedPages.pageSize
        return SuppliersPage.Shown(
            graph, revision: document.revision, imported: MomentView(document.importedAt, at: now),
            json: "/api/v1" + path, suppliers: views, drawing: isDrawn ? SupplierDrawing(graph, views) : nil,
            previous: !isDrawn && offset > 0 ? "\(path)?from=\(max(0, offset - ExpectedPages.pageSize))" : nil,
            next: !isDrawn && after < ordered.count ? "\(path)?from=\(after)" : nil)
    }

    private func show(
        _ request: Request, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        let graph = try await named { try await operations.suppliers(ExpectedPages.id(context)) }
        let text = context.parameters.get("company") ?? ""
        let id = text.removingPercentEncoding ?? text
        guard let supplier = graph.suppliers.first(where: { $0.id == id }) else {
            throw Problem.notFound("there is no company \(id) in the supplier graph \(graph.id)")
        }
        let moment = RecordMoment(seconds: visit.now.seconds)
        let lookup = try await SupplierLookup(store: operations.store)
        let view = SupplierView(
            supplier, in: graph, path: Self.path(graph.id, id), restrictions: lookup.restrictions(of: supplier),
            at: moment)
        return .page(
            SupplierPage(
                supplier, view, neighbours: Self.neighbours(of: supplier, in: graph), back: Self.path(graph.id),
                at: moment))
    }

    private static func neighbours(
        of supplier: SupplierGraph.Supplier, in graph: SupplierGraph
    ) -> [SupplierPage.Neighbour] {
        let owners = Set(supplier.owners.map(\.id))
        let sources = Set(supplier.suppliedBy)
        var found: [SupplierPage.Neighbour] = []
        let others = graph.suppliers.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        for other in others where other.id != supplier.id {
            let relations = [
                owners.contains(other.id) ? "owns it" : nil, sources.contains(other.id) ? "supplies it" : nil,
                other.owners.contains { $0.id == supplier.id } ? "belongs to it" : nil,
                other.suppliedBy.contains(supplier.id) ? "buys from it" : nil,
            ].compactMap(\.self)
            guard !relations.isEmpty else { continue }
            found.append(
                .init(label: other.name, path: path(graph.id, other.id), relation: relations.joined(separator: ", ")))
        }
        return found
    }

    private func takeFile(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        do {
            guard let bytes = form.file("file", orText: "text") else {
                throw CollectorFailure(.usage, "choose a file, or enter its text")
            }
            let document = try await operations.importSuppliers(bytes, by: visit.actor)
            wakeEvaluation()
            return .go(to: Self.path(document.id), notice: .imported)
        } catch let failure as CollectorFailure where failure.code == .data || failure.code == .usage {
            return .page(
                SuppliersPage(
                    choices: [], shown: nil, problem: failure.sentence, faults: failure.faults.map(ImportFault.init),
                    mayRegister: true, formToken: visit.formToken))
        }
    }
}
