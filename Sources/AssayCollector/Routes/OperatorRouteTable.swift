internal import AssayAccounts
internal import HTTPTypes
internal import Hummingbird

/// The routes of operators, which answer methods that they do not know with those that they do.
///
/// The refusals stand behind the same authentication as the routes, so that nobody else learns what is there.
final class OperatorRouteTable {
    private static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace]

    private let group: RouterGroup<CollectorContext>
    private var known: [String: [HTTPRequest.Method]] = [:]
    /// What each route asks for, as `METHOD /path`.
    private(set) var permissions: [String: Permission] = [:]
    /// The parameters that each route knows, likewise.
    private(set) var parameters: [String: [String]] = [:]

    /// Adds to a group that has authenticated the operator.
    init(_ group: RouterGroup<CollectorContext>) { self.group = group }

    /// What answers a request.
    typealias Body = @Sendable (Request, CollectorContext) async throws -> Response

    /// Adds a route that reads, for whoever has a permission, and knows the parameters of `query` and no other; `HEAD`
    /// comes with it.
    func get(_ path: String, for permission: Permission = .view, query names: [String] = [], use body: @escaping Body) {
        known[path, default: []] += [.get, .head]
        permissions["GET /" + path] = permission
        parameters["GET /" + path] = names
        group.get(RouterPath(path), use: Self.guarding(permission, names, body))
    }

    /// Adds a route that changes, for whoever has a permission, and knows the parameters of `query` and no other.
    func post(_ path: String, for permission: Permission, query names: [String] = [], use body: @escaping Body) {
        known[path, default: []].append(.post)
        permissions["POST /" + path] = permission
        parameters["POST /" + path] = names
        group.post(RouterPath(path), use: Self.guarding(permission, names, body))
    }

    /// Refuses who may not, and parameters that the route does not know, before anything is done.
    private static func guarding(_ permission: Permission, _ names: [String], _ body: @escaping Body) -> Body {
        { request, context in
            guard let principal = context.principal else { throw Problem.operatorRequired }
            guard principal.may(permission) else { throw Problem.notPermitted(permission) }
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
