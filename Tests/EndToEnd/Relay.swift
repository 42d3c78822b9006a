import NIOCore
import NIOPosix
import Synchronization

/// A wire between agent and collector that tells when so much has gone towards the collector.
///
/// It carries the encrypted bytes as they are.
final class Relay: Sendable {
    private let listener: LoopbackListener
    private let meter: Meter

    /// Carries connections to `port`.
    init(to port: Int) throws {
        let meter = Meter()
        self.meter = meter
        listener = try LoopbackListener { client in
            ClientBootstrap(group: client.eventLoop).connect(host: "localhost", port: port).flatMapThrowing { server in
                try client.pipeline.syncOperations.addHandler(Pipe(to: server, meter))
                try server.pipeline.syncOperations.addHandler(Pipe(to: client, nil))
            }
        }
    }

    var address: String { listener.address }

    /// Bytes that went towards the collector.
    var count: Int { meter.count }

    /// Calls `body` once, when `count` more bytes have gone towards the collector, before any further ones go.
    func after(_ count: Int, _ body: @escaping @Sendable () -> Void) { meter.arm(count, body) }

    /// Counts bytes.
    private final class Meter: Sendable {
        private struct State {
            var count = 0
            var alarm: (at: Int, body: @Sendable () -> Void)?
        }

        private let state = Mutex(State())

        var count: Int { state.withLock(\.count) }

        func arm(_ more: Int, _ body: @escaping @Sendable () -> Void) {
            state.withLock { $0.alarm = ($0.count + more, body) }
        }

        func add(_ more: Int) {
            let body = state.withLock { state -> (@Sendable () -> Void)? in
                state.count += more
                guard let alarm = state.alarm, state.count >= alarm.at else { return nil }
                state.alarm = nil
                return alarm.body
            }
            body?()
        }
    }

    /// One direction of one connection.
    private final class Pipe: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let other: any Channel
        private let meter: Meter?

        init(to other: any Channel, _ meter: Meter?) {
            self.other = other
            self.meter = meter
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            meter?.add(bytes.readableBytes)
            other.writeAndFlush(bytes, promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
