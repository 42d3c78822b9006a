internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Counts and logs every request, and turns whatever goes wrong below it into a problem document.
struct AccessMiddleware: RouterMiddleware {
    typealias Context = CollectorContext

    /// Longest time for a request; an upload has more to carry.
    private static let limit = Duration.seconds(120)
    private static let uploadLimit = Duration.seconds(1800)

    let metrics: CollectorMetrics
    let deadlines: RequestDeadlines
    let pages: ConsoleServer

    func handle(
        _ request: Request, context: CollectorContext,
        next: (Request, CollectorContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        let limit = request.uri.path.hasSuffix("/content") ? Self.uploadLimit : Self.limit
        do {
            response = try await deadlines.within(limit, context.channel) { try await next(request, context) }
        } catch {
            response = await answer(to: error, request, context)
            // The body would be taken for the next answer (RFC 9110, 9.3.2).
            if request.method == .head { response = response.createHeadResponse() }
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        let route = context.endpointPath ?? "none"
        metrics.count(route: "\(request.method) \(route)", status: response.status.code)
        let level: Logger.Level = response.status.code >= 500 ? .error : .debug
        if context.logger.logLevel <= level {
            context.logger.log(
                level: level, "request",
                metadata: [
                    "method": "\(request.method)", "route": "\(route)", "status": "\(response.status.code)",
                    "duration": "\(ContinuousClock.now - start)",
                ])
        }
        return response
    }

    /// People get a page, programs a problem document.
    private func answer(to error: any Error, _ request: Request, _ context: CollectorContext) async -> Response {
        let problem = problem(for: error, request, context)
        let path = request.uri.path
        let isForPrograms = ["/api/", "/v1/", "/healthz", "/readyz", "/metrics"].contains { path.hasPrefix($0) }
        guard !isForPrograms, request.headers[.accept]?.contains("text/html") ?? false,
            let page = try? await pages.page(for: problem, request)
        else { return problem.makeResponse() }
        return page
    }

    private func problem(for error: any Error, _ request: Request, _ context: CollectorContext) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let failure as ReportFailure: return Problem(failure)
        case let error as HTTPError where error.status == .notFound:
            let allowed = Self.methods(of: request.uri.path)
            if !allowed.isEmpty { return .methodNotAllowed(request.method, allowed) }
            return .notFound("no route \(request.method) \(request.uri.path.prefix(200))")
        case let error as any HTTPResponseError:
            return Problem("request", error.status, error.status.reasonPhrase)
        case is CancellationError: return .unavailable
        case let failure as StoreFailure where failure.code == .inputOutput:
            log(error, context)
            return .unavailable
        default:
            log(error, context)
            return .internalFailure
        }
    }

    /// The methods that the routes outside the operator API know at a path; what operators reach is not told to anyone.
    private static func methods(of path: String) -> [HTTPRequest.Method] {
        switch path {
        case "/healthz", "/readyz": [.get, .head]
        case "/v1/device": [.get, .head]
        case "/v1/enroll", "/v1/renew", "/v1/reports": [.post]
        default: path.hasPrefix("/v1/reports/") && path.hasSuffix("/content") ? [.post] : []
        }
    }

    private func log(_ error: any Error, _ context: CollectorContext) {
        context.logger.error(
            "request failed", metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "none")"])
    }
}
