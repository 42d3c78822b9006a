internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The pages of the console: who may see them, how their forms are checked, and what a browser is told about them.
final class ConsoleRouteTable {
    /// Makes a page.
    typealias PageBody = @Sendable (Request, CollectorContext, ConsoleVisit) async throws -> ConsoleAnswer
    /// Does what a form asks.
    typealias FormBodyHandler = @Sendable (FormBody, CollectorContext, ConsoleVisit) async throws -> ConsoleAnswer
    /// Answers somebody who is not signed in, or not necessarily.
    typealias OpenBody = @Sendable (Request, CollectorContext) async throws -> Response

    private let router: Router<CollectorContext>
    private let server: ConsoleServer
    /// What each page asks for, as `METHOD /path`; nil for those that everybody reaches.
    private(set) var permissions: [String: Permission?] = [:]

    /// Adds to a router.
    init(_ router: Router<CollectorContext>, server: ConsoleServer) {
        self.router = router
        self.server = server
    }

    /// Adds a page for whoever has a permission.
    func page(_ path: String, for permission: Permission = .view, _ body: @escaping PageBody) {
        permissions["GET " + path] = permission
        router.get(RouterPath(path)) { [server] request, context in
            try await server.answering(request) {
                guard let visit = try await server.visit(request) else { return server.signInFirst(request) }
                guard visit.may(permission) else { throw Problem.notPermitted(permission) }
                return try server.response(try await body(request, context, visit), to: request, for: visit)
            }
        }
    }

    /// Adds what a form of at most `limit` bytes does for whoever has a permission.
    func form(
        _ path: String, for permission: Permission, limit: Int = FormBody.sizeLimit, _ body: @escaping FormBodyHandler
    ) {
        permissions["POST " + path] = permission
        router.post(RouterPath(path)) { [server] request, context in
            try await server.answering(request) {
                guard let visit = try await server.visit(request) else { throw ConsoleServer.sessionEnded }
                let form = try await FormBody.read(request, limit: visit.may(permission) ? limit : FormBody.sizeLimit)
                try server.check(form, of: visit)
                guard visit.may(permission) else { throw Problem.notPermitted(permission) }
                return try server.response(try await body(form, context, visit), to: request, for: visit)
            }
        }
    }

    /// Adds a stream that tells a page of changes; who is signed out is told so, and asks no more (HTML, 9.2.2).
    func events(_ path: String, of topic: ChangeFeed.Topic, in changes: ChangeFeed) {
        permissions["GET " + path] = .view
        let stream = EventStream(changes: changes, topic: topic, server: server)
        router.get(RouterPath(path)) { [server] request, _ in
            try request.allowQuery(["seen"])
            guard let visit = try await server.visit(request) else { throw ConsoleServer.sessionEnded }
            guard visit.may(.view) else { throw Problem.notPermitted(.view) }
            return try stream.response(to: request, for: visit)
        }
    }

    /// Adds an address that needs no session.
    func open(_ method: HTTPRequest.Method, _ path: String, _ body: @escaping OpenBody) {
        permissions["\(method.rawValue) \(path)"] = .some(nil)
        router.on(RouterPath(path), method: method) { [server] request, context in
            try await server.answering(request) { try await body(request, context) }
        }
    }
}

/// Makes responses of pages, for whoever is signed in.
struct ConsoleServer: Sendable {
    static let sessionEnded = Problem(
        "session-ended", .unauthorized, "You are signed out",
        "Nothing was changed. Sign in again and repeat what you did.")

    /// Nothing but our own style, script and forms; no page of ours in a frame of another site.
    private static let securityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    let store: any Store
    let renderer: ConsoleRenderer

    /// Who asks; nil for somebody who is not signed in.
    func visit(_ request: Request) async throws -> ConsoleVisit? {
        let now = Timestamp.now
        guard let (secret, account) = try await OperatorAuthentication(store: store).person(request) else { return nil }
        return ConsoleVisit(account: account, secret: secret, now: now)
    }

    /// Whether somebody is still signed in with a secret.
    func isOpen(_ secret: SessionSecret) async throws -> Bool {
        try await store.session(secret.hash, at: .now, idle: SignIn.idle) != nil
    }

    /// Throws unless a form is of a page of this session.
    func check(_ form: FormBody, of visit: ConsoleVisit) throws(Problem) {
        guard Secret.areEqual(Array(form[FormBody.tokenField].utf8), Array(visit.formToken.utf8)) else {
            throw .formTokenRequired
        }
    }

    /// Turns what goes wrong into a page.
    func answering(_ request: Request, _ body: () async throws -> Response) async throws -> Response {
        do { return try await named(body) } catch let problem as Problem {
            return try await page(for: problem, request)
        }
    }

    /// The page that states a problem.
    func page(for problem: Problem, _ request: Request) async throws -> Response {
        let visit = try? await visit(request)
        let page = ProblemPage(
            heading: problem.detail.title, detail: problem.detail.detail,
            status: "\(problem.status.code) \(problem.status.reasonPhrase)")
        return html(page, status: problem.status, for: visit)
    }

    /// What a page's route gave back, as a response.
    func response(_ answer: ConsoleAnswer, to request: Request, for visit: ConsoleVisit) throws -> Response {
        switch answer {
        case .page(let page, let search):
            let notice = request.query("done").flatMap(ConsoleNotice.init(rawValue:))
            return html(page, for: visit, search: search, notice: notice)
        case .file(let name, let type, let body):
            return Response(
                status: .ok,
                headers: [
                    .contentType: type, .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"\(name)\"",
                ], body: body)
        case .go(let path, let notice):
            let mark = path.contains("?") ? "&" : "?"
            return Self.redirect(to: path + (notice.map { "\(mark)done=\($0.rawValue)" } ?? ""))
        }
    }

    /// A page as a response.
    func html(
        _ page: some ConsolePage, status: HTTPResponse.Status = .ok, for visit: ConsoleVisit?, search: String = "",
        notice: ConsoleNotice? = nil, setting cookie: String? = nil
    ) -> Response {
        let text = renderer.render(
            page, for: visit.map { .init(name: $0.account.name, formToken: $0.formToken) }, search: search,
            done: notice?.text, at: visit?.now ?? .now)
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .contentLength: String(text.utf8.count),
            // What a page shows is for its reader alone, and not for whoever uses the browser next.
            .cacheControl: "no-store",
            .contentSecurityPolicy: Self.securityPolicy,
        ]
        if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "same-origin" }
        if let cookie { headers[.setCookie] = cookie }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Sends a browser to sign in, and back to where it wanted to go.
    func signInFirst(_ request: Request) -> Response {
        let wanted = request.uri.string
        let isWorthwhile = request.method == .get && wanted != "/"
        return Self.redirect(to: isWorthwhile ? "/sign-in?next=\(Self.escaped(wanted))" : "/sign-in")
    }

    /// Sends a browser to another page with a GET (RFC 9110, 15.4.4).
    static func redirect(to path: String, setting cookie: String? = nil) -> Response {
        var headers: HTTPFields = [.location: path, .cacheControl: "no-store"]
        if let cookie { headers[.setCookie] = cookie }
        return Response(status: .seeOther, headers: headers)
    }

    /// A text as the value of a query's parameter.
    static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += "%" + (hex.count == 1 ? "0" + hex : hex)
            }
        }
        return result
    }

    /// A text as one segment of a path.
    static func segment(_ text: String) -> String {
        escaped(text).split(separator: "/", omittingEmptySubsequences: false).joined(separator: "%2F")
    }

    /// A path with a query of the parameters that have a value.
    static func address(_ path: String, _ parameters: [(String, String?)]) -> String {
        let query = parameters.compactMap { name, value in value.map { "\(name)=\(escaped($0))" } }
        return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
    }

    /// A path of this console, as `next` names it; anything else leads to the overview.
    static func ownPath(_ text: String?) -> String {
        // `//host` and `/\host` name other sites.
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"), text.utf8.count <= 2000,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { return "/" }
        return text
    }
}
