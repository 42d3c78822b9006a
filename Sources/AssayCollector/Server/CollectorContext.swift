internal import AssayAccounts
package import Hummingbird
internal import NIOCore

/// What a request carries beside itself: its connection, and who asks once that is known.
package struct CollectorContext: RequestContext {
    /// Hummingbird's own part.
    package var coreContext: CoreRequestContextStorage
    /// The connection; what stands at its other end is in the registry.
    let channel: any Channel
    /// Who asks, on the routes of operators.
    var principal: Principal?

    /// Starts a request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
