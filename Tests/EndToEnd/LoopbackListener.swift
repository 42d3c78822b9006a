import NIOCore
import NIOPosix

/// A server of the tests on a free port of loopback, or on a given one; closed when the value goes away.
final class LoopbackListener: Sendable {
    let channel: any Channel

    /// Serves each connection through what `initialize` puts on it; nothing is read before it is done.
    init(port: Int = 0, initialize: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>) throws {
        channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: true)
            .childChannelInitializer(initialize)
            .bind(host: "127.0.0.1", port: port).wait()
    }

    deinit { close() }

    var port: Int { channel.localAddress?.port ?? 0 }
    var address: String { "https://localhost:\(port)" }

    /// Stops listening; the port is free when this returns.
    func close() {
        do { try channel.close().wait() } catch ChannelError.alreadyClosed { return } catch {
            print("a listener did not close: \(error)")
        }
    }
}
