internal import AssayConsole
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// Routes without authentication, which tell nothing of any device: whether the collector works, and what its API is.
struct HealthRoutes: Sendable {
    private let readiness: Readiness

    /// Asks `store` whether it can be written.
    init(store: any Store) { readiness = Readiness { try await store.checkWritable() } }

    /// Adds the routes.
    func add(to router: Router<CollectorContext>) {
        router.get("healthz") { _, _ in Self.text("ok\n", .ok) }
        router.group().add(middleware: EntityTags()).get("api/v1/openapi.json") { request, _ in
            try request.allowQuery([])
            return JSONBody.response(json: ConsoleFiles.apiDescription)
        }
        router.get("readyz") { _, context in
            if let reason = await readiness.failure() {
                context.logger.error("the store cannot be written", metadata: ["error": "\(reason)"])
                return Self.text("the store cannot be written\n", .serviceUnavailable)
            }
            return Self.text("ready\n", .ok)
        }
    }

    private static func text(_ text: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
