internal import AssayStore
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// The only routes without authentication; they say nothing but whether.
struct HealthRoutes: Sendable {
    private let readiness: Readiness

    /// Asks `store` whether it can be written.
    init(store: any Store) { readiness = Readiness { try await store.checkWritable() } }

    /// Adds the routes.
    func add(to router: Router<CollectorContext>) {
        router.get("healthz") { _, _ in Self.text("ok\n", .ok) }
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
