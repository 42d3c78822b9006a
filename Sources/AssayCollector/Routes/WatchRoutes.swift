internal import AssayModel
internal import AssayStore
internal import Hummingbird

/// The overview, the search, the line and the collector's own state in the operator API.
struct WatchRoutes: Sendable {
    let watch: FleetWatch

    /// Adds the routes.
    func add(to routes: OperatorRouteTable) {
        routes.get("api/v1/overview") { _, _ in
            try JSONBody.response(try await watch.overview(at: .now))
        }
        routes.get("api/v1/line", query: ["station"]) { request, _ in
            try JSONBody.response(try await watch.line(station: request.query("station"), at: .now))
        }
        routes.get("api/v1/health") { _, _ in
            try JSONBody.response(try await watch.health(at: .now))
        }
        routes.get("api/v1/search", query: ["q", "kind", "key", "after", "limit"]) { request, _ in
            guard let text = request.query("q") else { throw Problem.malformed("q is required") }
            return try JSONBody.response(
                try await named {
                    try await watch.operations.search(
                        text, selected: try request.selectedFact(), after: try request.factCursor(),
                        limit: try request.pageSize())
                })
        }
    }
}

extension Request {
    /// The match of an earlier search whose devices are wanted: `kind` and `key` of the query.
    func selectedFact() throws(Problem) -> (kind: FactKind, key: String)? {
        guard let kind = try query("kind", of: FactKind.allCases.map(\.rawValue)).flatMap(FactKind.init) else {
            guard query("key") == nil else { throw .malformed("key needs kind") }
            return nil
        }
        guard let key = query("key"), !key.isEmpty else { throw .malformed("kind needs key") }
        return (kind, key)
    }

    /// Where a list of holders goes on: `after` of the query.
    func factCursor() throws(Problem) -> FactCursor? {
        guard let text = query("after") else { return nil }
        guard let cursor = FactCursor(text) else { throw .malformed("after must be the `next` of another page") }
        return cursor
    }
}
