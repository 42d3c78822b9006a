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

    /// Adds a route that reads; `HEAD` comes with it.
    func get(_ path: String, use body: @Sendable @escaping (Request, CollectorContext) async throws -> Response) {
        known[path, default: []] += [.get, .head]
        group.get(RouterPath(path), use: body)
    }

    /// Adds a route that changes.
    func post(_ path: String, use body: @Sendable @escaping (Request, CollectorContext) async throws -> Response) {
        known[path, default: []].append(.post)
        group.post(RouterPath(path), use: body)
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
