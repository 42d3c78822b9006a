internal import AssayModel
internal import AssayReport
internal import Hummingbird
internal import NIOCore

/// Reads request bodies within limits and writes canonical JSON.
enum JSONBody {
    /// Deepest nesting of any JSON that is decoded.
    static let depthLimit = 32

    /// The body, decompressed where it says so; `limit` holds before and after.
    static func bytes(of request: Request, limit: Int) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge("the body has more than \(limit) bytes")
        }
        let buffer: ByteBuffer
        do { buffer = try await request.body.collect(upTo: limit) } catch is NIOTooManyBytesError {
            throw Problem.tooLarge("the body has more than \(limit) bytes")
        }
        let bytes = Array(buffer.readableBytesView)
        switch request.headers[.contentEncoding] {
        case nil, "identity": return bytes
        case "gzip": return try GzipReader.decompress(bytes, limits: GzipReader.Limits(size: limit))
        case .some(let name):
            throw Problem(
                "encoding-unsupported", .unsupportedMediaType, "The content encoding is not known", name,
                headers: [.acceptEncoding: "gzip"])
        }
    }

    /// Decodes a body.
    static func decode<T: Decodable>(_ type: T.Type, of request: Request, limit: Int) async throws -> T {
        let bytes = try await bytes(of: request, limit: limit)
        try checkDepth(bytes)
        do { return try CanonicalJSON.decode(type, from: bytes) } catch let error as DecodingError {
            throw Problem.malformed(words(for: error))
        } catch {
            throw Problem.malformed("the body is not JSON")
        }
    }

    /// Refuses nesting that would cost more than it could mean.
    static func checkDepth(_ bytes: some Sequence<UInt8>) throws(Problem) {
        var depth = 0
        var isInText = false
        var isEscaped = false
        for byte in bytes {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            guard depth <= depthLimit else { throw .malformed("nested deeper than \(depthLimit) levels") }
        }
    }

    /// An answer with a JSON body.
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        response(json: try CanonicalJSON.encode(value), status: status)
    }

    /// An answer whose JSON is at hand.
    static func response(json body: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "application/json", .contentLength: String(body.count), .cacheControl: "no-store",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }

    private static func words(for error: DecodingError) -> String {
        func name(_ path: [any CodingKey]) -> String {
            let text = path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
            return text.isEmpty ? "the body" : String(text.prefix(80))
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(name(context.codingPath + [key])) is required"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(name(context.codingPath)) has the wrong type"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty ? "the body is not JSON" : "\(name(context.codingPath)) has a wrong value"
        @unknown default: return "the body cannot be decoded"
        }
    }
}
