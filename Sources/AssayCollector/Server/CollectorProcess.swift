package import AssayStore
internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import UnixSignals

/// A collector that runs until it is told to stop.
package struct CollectorProcess: Sendable {
    private let configuration: CollectorConfiguration
    private let state: StateDirectory
    private let store: any Store
    private let logger: Logger

    /// Prepares a run; settings are those of the state folder and the flags over them.
    package init(
        configuration: CollectorConfiguration, state: StateDirectory, store: any Store, logger: Logger
    ) {
        self.configuration = configuration
        self.state = state
        self.store = store
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT; requests that have begun are answered first.
    package func run() async throws {
        let authority = try Housekeeping(state).authority()
        let collector = Collector(
            configuration: configuration, authority: authority, store: store, logger: logger)
        let application = try await collector.application(state: state) { channel in
            let port = channel.localAddress?.port ?? configuration.port
            logger.notice(
                "serving",
                metadata: [
                    "address": "\(configuration.listenAddress)", "port": "\(port)", "state": "\(state.path)",
                    "authority": "\(authority.fingerprint)",
                ])
        }
        do {
            try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        } catch let error as IOError {
            throw CollectorFailure(
                error.errnoCode == EACCES ? .permission : .unavailable,
                "cannot listen on \(configuration.listenAddress) port \(configuration.port): "
                    + String(cString: strerror(error.errnoCode)),
                nextStep: "stop what uses the port, or choose another with --port")
        }
        logger.notice("stopped")
    }
}
