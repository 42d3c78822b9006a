internal import AssayModel
internal import AssayReport
internal import Foundation
internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import Synchronization

/// The device at the other end of a connection, as its verified certificate says.
struct DevicePeer: Sendable {
    /// Who it is.
    let identity: DeviceIdentity
    /// When its certificate ends, in seconds since 1970; a connection may outlive it.
    let notAfter: Int64
}

/// Which device is at the other end of which connection.
///
/// The key is parsed once a connection, not once a request.
final class PeerRegistry: Sendable {
    private let peers = Mutex<[ObjectIdentifier: DevicePeer]>([:])

    /// The device at the other end of `channel`; nil without a client certificate.
    func peer(of channel: any Channel) -> DevicePeer? { peers.withLock { $0[ObjectIdentifier(channel)] } }

    fileprivate func set(_ peer: DevicePeer?, for channel: any Channel) {
        peers.withLock { $0[ObjectIdentifier(channel)] = peer }
    }

    /// A handler for one connection that enters its device once the handshake is done.
    func makeHandler() -> any RemovableChannelHandler & Sendable { PeerHandler(registry: self) }
}

/// Reads the peer's certificate after the handshake, which has verified it against the authority.
private final class PeerHandler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = Never

    private let registry: PeerRegistry

    init(registry: PeerRegistry) { self.registry = registry }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { registry.set(peer(of: context), for: context.channel) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        registry.set(nil, for: context.channel)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { registry.set(nil, for: context.channel) }

    private func peer(of context: ChannelHandlerContext) -> DevicePeer? {
        guard let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLServerHandler.self),
            let certificate = handler.peerCertificate,
            let keyInfo = try? certificate.extractPublicKey().toSPKIBytes(),
            let identity = try? DeviceIdentity(subjectPublicKeyInfo: keyInfo)
        else { return nil }
        return DevicePeer(identity: identity, notAfter: Int64(certificate.notValidAfter))
    }
}
