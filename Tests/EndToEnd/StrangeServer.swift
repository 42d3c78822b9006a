import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// A server with the collector's own certificate that answers anything but what a collector answers.
final class StrangeServer {
    /// What it answers to the first bytes of a request.
    enum Answer: Sendable {
        /// These bytes, and the end of the connection.
        case bytes(String)
        /// The head of an answer and then bytes without end.
        case endless(String)
        /// Nothing: the connection ends.
        case nothing
    }

    private let listener: LoopbackListener

    /// Takes the place of `collector`, whose port must be free.
    init(inPlaceOf collector: LiveCollector, _ answer: Answer) throws {
        let tls = collector.state + "/tls/server"
        let chain = try [tls + ".pem", collector.state + "/ca/ca.pem"].flatMap { try NIOSSLCertificate.fromPEMFile($0) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: tls + ".key", format: .pem)))
        configuration.minimumTLSVersion = .tlsv13
        let context = try NIOSSLContext(configuration: configuration)
        listener = try LoopbackListener(port: collector.port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                try channel.pipeline.syncOperations.addHandler(Talker(answer))
            }
        }
    }

    /// Frees the port.
    func close() { listener.close() }

    private final class Talker: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let answer: Answer
        private var hasAnswered = false

        init(_ answer: Answer) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !hasAnswered else { return }
            hasAnswered = true
            switch answer {
            case .bytes(let text):
                context.write(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                context.flush()
                context.close(promise: nil)
            case .endless(let head):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
                goOn(context)
            case .nothing: context.close(promise: nil)
            }
        }

        // A piece follows when the one before has gone, so that memory holds one.
        private func goOn(_ context: ChannelHandlerContext) {
            let piece = ByteBuffer(repeating: UInt8(ascii: "a"), count: 64 << 10)
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(piece)).whenSuccess {
                let (talker, context) = bound.value
                talker.goOn(context)
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
