internal import AssayReport
internal import AssayStore
internal import Hummingbird
internal import Logging

/// Counts and logs every request, and turns whatever goes wrong below it into a problem document.
struct AccessMiddleware: RouterMiddleware {
    typealias Context = CollectorContext

    let metrics: CollectorMetrics

    func handle(
        _ request: Request, context: CollectorContext,
        next: (Request, CollectorContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do { response = try await next(request, context) } catch {
            response = problem(for: error, request, context).makeResponse()
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

    private func problem(for error: any Error, _ request: Request, _ context: CollectorContext) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let failure as ReportFailure: return Problem(failure)
        case let error as HTTPError where error.status == .notFound:
            return .notFound("no route \(request.method) \(request.uri.path.prefix(200))")
        case let error as any HTTPResponseError:
            return Problem("request", error.status, error.status.reasonPhrase)
        case is CancellationError: return .unavailable
        default:
            context.logger.error(
                "request failed", metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "none")"])
            return .unavailable
        }
    }
}
