internal import AssayAccounts
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird

/// Finds out who asks: a program with a bearer token, or a person with a session; nothing behind it is reached by others.
struct OperatorAuthentication: RouterMiddleware {
    typealias Context = CollectorContext

    /// Header in which a script of our own pages proves that it is one; forms send a field of the same value.
    static let formTokenHeader = "x-assay-form-token"

    let store: any Store

    func handle(
        _ request: Request, context: CollectorContext,
        next: (Request, CollectorContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if request.headers[.authorization] != nil {
            context.principal = try await bearer(request)
        } else if let (secret, account) = try await person(request) {
            // A cookie comes with any request that a browser is made to send; the header does not.
            if request.method != .get, request.method != .head {
                guard
                    let token = request.headers.first(where: { $0.name.canonicalName == Self.formTokenHeader })?.value,
                    Secret.areEqual(Array(token.utf8), Array(secret.formToken.utf8))
                else { throw Problem.formTokenRequired }
            }
            context.principal = Principal(account)
        } else {
            throw Problem.operatorRequired
        }
        return try await next(request, context)
    }

    private func bearer(_ request: Request) async throws -> Principal {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer "),
            let credential = OperatorCredential(parsing: String(header.dropFirst(7))),
            let token = try await store.operatorToken(credential.id), token.state(at: .now) == "active",
            Secret.areEqual(token.secretHash, Secret.hash(credential.secret))
        else { throw Problem.operatorRequired }
        return Principal(.token(token.id), name: token.name, permissions: token.permissions)
    }

    /// The person whose session a request shows.
    func person(_ request: Request) async throws -> (SessionSecret, Account)? {
        guard let header = request.headers[.cookie], let secret = SessionSecret(cookieHeader: header),
            let (_, account) = try await store.session(secret.hash, at: .now, idle: SignIn.idle)
        else { return nil }
        return (secret, account)
    }
}

extension Principal {
    /// A person who is signed in.
    init(_ account: Account) {
        self.init(.session(account: account.id), name: account.name, permissions: account.role.permissions)
    }
}
