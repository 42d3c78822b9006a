internal import HTTPTypes
internal import Hummingbird

/// The routes of operators, which answer methods that they do not know with those that they do.
///
/// The refusals stand behind the same authentication as the routes, so that nobody else learns what is there.
final class OperatorRouteTable {
    private static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace]

    private let group: RouterGroup<CollectorContext>
    private var known: [String: [HTTPRequest.Method]] = [:]

    /// Adds to a group that has authenticated the operator.
    init(_ group: RouterGroup<CollectorContext>) { self.group = group }

    /// What answers a request.
    typealias Body = @Sendable (Request, CollectorContext) async throws -> Response

    /// Adds a route that reads, and knows the parameters of `query` and no other; `HEAD` comes with it.
    func get(_ path: String, query names: [String] = [], use body: @escaping Body) {
        known[path, default: []] += [.get, .head]
        group.get(RouterPath(path), use: Self.guarding(names, body))
    }

    /// Adds a route that changes, and knows the parameters of `query` and no other.
    func post(_ path: String, query names: [String] = [], use body: @escaping Body) {
        known[path, default: []].append(.post)
        group.post(RouterPath(path), use: Self.guarding(names, body))
    }

    /// Refuses parameters that the route does not know before anything is done.
    private static func guarding(_ names: [String], _ body: @escaping Body) -> Body {
        { request, context in
            try request.allowQuery(names)
            return try await body(request, context)
        }
    }

    /// Ends the table: every other method of these paths is refused by name.
    func refuseOtherMethods() {
        for (path, allowed) in known {
            for method in Self.methods where !allowed.contains(method) {
                group.on(RouterPath(path), method: method) { request, _ -> Response in
                    throw Problem.methodNotAllowed(request.method, allowed)
                }
            }
        }
    }
}
