internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird

/// Lets requests with a valid operator token pass; nothing behind it can be reached without one.
struct OperatorAuthentication: RouterMiddleware {
    typealias Context = CollectorContext

    let store: any Store

    func handle(
        _ request: Request, context: CollectorContext,
        next: (Request, CollectorContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer "),
            let credential = OperatorCredential(parsing: String(header.dropFirst(7))),
            let token = try await store.operatorToken(credential.id), token.revokedAt == nil,
            Secret.areEqual(token.secretHash, Secret.hash(credential.secret))
        else { throw Problem.operatorRequired }
        var context = context
        context.operatorID = token.id
        return try await next(request, context)
    }
}
