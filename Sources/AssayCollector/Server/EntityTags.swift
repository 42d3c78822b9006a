internal import AssayModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// Gives what programs read a strong entity tag, and says so in few bytes when they have it already (RFC 9110, 8.8.3 and
/// 13.1.2).
struct EntityTags: RouterMiddleware {
    typealias Context = CollectorContext

    func handle(
        _ request: Request, context: CollectorContext,
        next: (Request, CollectorContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // What has no length is a stream, of which nobody knows the end yet.
        guard request.method == .get, response.status == .ok, response.body.contentLength != nil else {
            return response
        }
        let bytes = try await Self.bytes(of: response.body)
        let tag = "\"\(ContentDigest.sha256(of: bytes.readableBytesView).hex)\""
        response.headers[.eTag] = tag
        // It may be kept by whoever asked, and is asked for each time.
        response.headers[.cacheControl] = "private, no-cache"
        if request.headers[.ifNoneMatch].map({ Self.names(tag, in: $0) }) ?? false {
            response.headers[.contentLength] = nil
            response.headers[.contentType] = nil
            return Response(status: .notModified, headers: response.headers)
        }
        response.body = ResponseBody(byteBuffer: bytes)
        return response
    }

    /// Whether a list of tags names one; a weak one is as good here (RFC 9110, 13.1.2).
    static func names(_ tag: String, in list: String) -> Bool {
        list.split(separator: ",").contains { item in
            let text = item.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
            let name = String(text)
            return name == "*" || name == tag || name == "W/" + tag
        }
    }

    private static func bytes(of body: ResponseBody) async throws -> ByteBuffer {
        let writer = CollectingWriter()
        try await body.write(writer)
        return writer.bytes
    }
}

/// Keeps what a body writes.
private final class CollectingWriter: ResponseBodyWriter {
    private let buffer = Mutex(ByteBuffer())

    var bytes: ByteBuffer { buffer.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        self.buffer.withLock { _ = $0.writeImmutableBuffer(buffer) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
