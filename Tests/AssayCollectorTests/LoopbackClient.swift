import AssayModel
import AssayReport
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One keep-alive HTTPS connection to a collector on loopback, with or without a client certificate.
struct LoopbackClient {
    /// An answer.
    struct Response {
        var status: Int
        var headers: HTTPHeaders
        var body: [UInt8]

        func decoded<T: Decodable>(_ type: T.Type) throws -> T { try CanonicalJSON.decode(type, from: body) }
        /// Code of the problem document.
        var problem: String? { (try? decoded(ProblemDetail.self))?.code }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The connection broke before an answer was complete.
    struct ConnectionLost: Error {}

    typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// Connects, runs `body`, and closes.
    static func with<T: Sendable>(
        port: Int, authority: [UInt8], certificate: String? = nil, key: String? = nil,
        _ body: (inout Exchange) async throws -> T
    ) async throws -> T {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates([try NIOSSLCertificate(bytes: authority, format: .der)])
        if let certificate, let key {
            tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
        }
        let context = try NIOSSLContext(configuration: tls)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        try NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Channel(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var exchange = Exchange(answers: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&exchange)
        }
    }

    /// Requests and answers, one after the other.
    struct Exchange {
        var answers: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
        let outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>

        mutating func send(
            _ method: HTTPMethod, _ path: String, _ body: [UInt8] = [], headers: [String: String] = [:]
        ) async throws -> Response {
            var head = HTTPRequestHead(version: .http1_1, method: method, uri: path)
            head.headers.add(name: "host", value: "localhost")
            head.headers.add(name: "content-length", value: String(body.count))
            for (name, value) in headers { head.headers.add(name: name, value: value) }
            try await outbound.write(.head(head))
            if !body.isEmpty { try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
            try await outbound.write(.end(nil))
            var response: Response?
            while let part = try await answers.next() {
                switch part {
                case .head(let head):
                    response = Response(status: Int(head.status.code), headers: head.headers, body: [])
                case .body(let buffer): response?.body += Array(buffer.readableBytesView)
                case .end:
                    guard let response else { throw ConnectionLost() }
                    return response
                }
            }
            throw ConnectionLost()
        }

        mutating func get(_ path: String, token: String? = nil) async throws -> Response {
            try await send(.GET, path, headers: token.map { ["authorization": "Bearer \($0)"] } ?? [:])
        }
    }
}
