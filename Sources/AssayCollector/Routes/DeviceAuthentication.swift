internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import Hummingbird

/// What every device route asks first: a verified certificate that is still valid, and a pace within the limit.
struct DeviceAuthentication: Sendable {
    let registry: PeerRegistry
    let limiter: RateLimiter<ContentDigest>

    /// The device behind a request.
    func peer(_ context: CollectorContext, at now: Timestamp) throws(Problem) -> DevicePeer {
        guard let peer = registry.peer(of: context.channel) else { throw .certificateRequired }
        guard peer.notAfter > now.milliseconds / 1000 else { throw .certificateExpired }
        if let seconds = limiter.secondsToWait(for: peer.identity.id) {
            throw .rateLimited(after: seconds)
        }
        return peer
    }
}
