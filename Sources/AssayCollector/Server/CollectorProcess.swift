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
    private let partNames: PartNaming

    /// Prepares a run; settings are those of the state folder and the flags over them.
    package init(
        configuration: CollectorConfiguration, state: StateDirectory, store: any Store, logger: Logger,
        partNames: @escaping PartNaming
    ) {
        self.configuration = configuration
        self.state = state
        self.store = store
        self.logger = logger
        self.partNames = partNames
    }

    /// Serves until SIGTERM or SIGINT; requests that have begun are answered first.
    package func run() async throws {
        let lock = try ServeLock(state)
        defer { withExtendedLifetime(lock) {} }
        let authority = try Housekeeping(state).authority()
        let collector = Collector(
            configuration: configuration, authority: authority, store: store, logger: logger,
            partNames: partNames)
        let application = try await collector.application(state: state) { channel in
            let port = channel.localAddress?.port ?? configuration.port
            logger.notice(
                "serving",
                metadata: [
                    "address": "\(configuration.listenAddress)", "port": "\(port)", "state": "\(state.path)",
                    "authority": "\(authority.fingerprint)",
                ])
        }
        var group = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // A client that never ends its request must not keep the server from stopping.
        group.maximumGracefulShutdownDuration = Self.shutdownLimit
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as IOError {
            throw failure(
                error.errnoCode == EACCES ? .permission : .unavailable, String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError, is SocketAddressError.UnknownHost {
            throw failure(.unavailable, "there is no such address or host name")
        } catch is CancellationError {
            // The time for a graceful end was over.
        }
        logger.notice("stopped")
    }

    private static let shutdownLimit = Duration.seconds(10)

    private func failure(_ code: CollectorFailure.Code, _ reason: String) -> CollectorFailure {
        CollectorFailure(
            code, "cannot listen on \(configuration.listenAddress) port \(configuration.port): \(reason)",
            nextStep: "stop what uses the port, or choose others with --listen and --port")
    }
}
