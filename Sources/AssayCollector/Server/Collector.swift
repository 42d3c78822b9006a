internal import AssayAccounts
internal import AssayConsole
internal import AssayReport
package import AssayStore
internal import HTTPTypes
package import Hummingbird
package import HummingbirdCore
internal import HummingbirdTLS
package import Logging
package import NIOCore
internal import NIOSSL

/// A whole collector: routes, TLS and evaluation around a store.
package struct Collector: Sendable {
    /// What is served, once it is built.
    package typealias App = Application<RouterResponder<CollectorContext>>

    private let configuration: CollectorConfiguration
    private let authority: CertificateAuthority
    private let store: any Store
    private let logger: Logger
    private let metrics = CollectorMetrics()
    private let registry = PeerRegistry()
    private let deadlines = RequestDeadlines()
    private let hasher = PasswordHasher()
    private let changes = ChangeFeed()
    private let partNames: PartNaming

    /// Puts a collector together; nothing runs yet.
    ///
    /// - Parameter partNames: Adds names to the numbers of parts.
    package init(
        configuration: CollectorConfiguration, authority: CertificateAuthority, store: any Store, logger: Logger,
        partNames: @escaping PartNaming = { _ in [:] }
    ) {
        self.configuration = configuration
        self.authority = authority
        self.store = store
        self.logger = logger
        self.partNames = partNames
    }

    /// The application on one TLS 1.3 port, whose server certificate lies in `state`.
    package func application(
        state: StateDirectory, onServerRunning: @escaping @Sendable (any Channel) async -> Void
    ) async throws -> App {
        let certificate = try ServerCertificate.load(
            from: state, authority: authority, names: configuration.names)
        return try await application(
            server: .tls(http1, tlsConfiguration: try tls(certificate)), onServerRunning: onServerRunning)
    }

    /// The application on a server of the caller's choice; without TLS there are no devices.
    package func application(
        server: HTTPServerBuilder = .http1(),
        onServerRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
    ) async throws -> App {
        try await store.adoptRules(revision: RulesRevision.current)
        let evaluation = EvaluationService(store: store, metrics: metrics, changes: changes, logger: logger)
        let nonces = NonceMaker(secret: try await store.setting("nonce-secret") { Secret.randomBytes(32) })
        let plans = PlanDesk(operations: Operations(store: store, authority: authority), logger: logger)
        let router = routes(nonces: nonces, plans: plans, wakeEvaluation: evaluation.wake).router
        return Application(
            router: router, server: server,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.listenAddress, port: configuration.port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.connectionLimit)),
            services: [evaluation, deadlines, PendingCollection(store: store, logger: logger), plans],
            onServerRunning: onServerRunning, logger: logger)
    }

    private var http1: HTTPServerBuilder {
        let registry = registry
        return .http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [registry.makeHandler()], idleTimeout: .seconds(60),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 64)))
    }

    private func tls(_ server: ServerCertificate) throws -> TLSConfiguration {
        let root = try NIOSSLCertificate(bytes: authority.certificateDER, format: .der)
        // A device that joins finds the authority as the last of the chain and compares it with its token.
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(server.certificate), .certificate(root)],
            privateKey: .privateKey(server.key))
        tls.minimumTLSVersion = .tlsv13
        tls.trustRoots = .certificates([root])
        tls.certificateVerification = .optionalVerification
        // Browsers then offer only certificates of this authority, which people do not have.
        tls.sendCANameList = true
        tls.applicationProtocols = ["http/1.1"]
        return tls
    }

    /// The routes, and what those of people ask for, as `METHOD /path`.
    struct Routes {
        let router: Router<CollectorContext>
        /// Pages; nil for those that everybody reaches.
        let console: [String: Permission?]
        /// The operator API.
        let api: [String: Permission]
        /// The parameters that each route of the operator API knows.
        let parameters: [String: [String]]
    }

    /// Everything that is served.
    func routes(nonces: NonceMaker, plans: PlanDesk, wakeEvaluation: @escaping @Sendable () -> Void) -> Routes {
        let router = Router(context: CollectorContext.self, options: .autoGenerateHeadEndpoints)
        let pages = ConsoleServer(store: store, renderer: ConsoleRenderer())
        router.add(middleware: AccessMiddleware(metrics: metrics, deadlines: deadlines, pages: pages))
        HealthRoutes(store: store).add(to: router)
        let authentication = DeviceAuthentication(
            registry: registry, limiter: RateLimiter(perMinute: configuration.deviceRequestsPerMinute))
        EnrolmentRoutes(
            store: store, authority: authority, authentication: authentication,
            limiter: RateLimiter(perMinute: configuration.enrolmentsPerMinute)
        ).add(to: router)
        let ingestion = ReportIngestion(
            store: store, nonces: nonces,
            window: ReportAcknowledgement.Window(
                after: configuration.reportAfter, spread: configuration.reportSpread),
            wakeEvaluation: wakeEvaluation)
        ReportRoutes(
            store: store, ingestion: ingestion, authentication: authentication, metrics: metrics,
            configuration: configuration
        ).add(to: router)
        ResultRoutes(store: store, authentication: authentication, metrics: metrics, changes: changes).add(to: router)
        let operations = Operations(store: store, authority: authority)
        let watch = FleetWatch(
            operations: operations, metrics: metrics, changes: changes, patience: configuration.patience,
            address: configuration.address)
        let people = People(store: store, hasher: hasher)
        let signIn = SignIn(
            store: store, hasher: hasher, limiter: RateLimiter(perMinute: configuration.signInsPerMinute),
            total: RateLimiter(perMinute: configuration.signInsPerMinute * 5))
        let console = ConsoleRoutes(
            operations: operations, access: AccessPages(store: store, people: people, signIn: signIn, server: pages),
            watch: watch, server: pages, teacher: ProfileTeacher(operations: operations), plans: plans,
            settings: configuration, partNames: partNames, wakeEvaluation: wakeEvaluation
        ).add(to: router)
        let api = OperatorRoutes(
            operations: operations, settings: configuration, metrics: metrics,
            teacher: ProfileTeacher(operations: operations), watch: watch,
            wakeEvaluation: wakeEvaluation,
            people: PeopleRoutes(store: store, people: people, address: configuration.address), plans: plans
        ).add(to: router.group().add(middleware: OperatorAuthentication(store: store)).add(middleware: EntityTags()))
        return Routes(
            router: router, console: console.permissions, api: api.permissions, parameters: api.parameters)
    }
}
