import AssayCollector
import AssayModel
import AssayReport
import AssayStore
import AssayStoreSQLite
import AssayTestKit
import Crypto
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import SwiftASN1
import X509

/// A real collector on a free port of loopback, with a database on disk.
struct TestCollector: Sendable {
    let port: Int
    let store: any Store
    let authority: CertificateAuthority
    let operatorToken: String
    let operations: Operations

    static let actor = Actor("test", at: .now)

    /// Settings for a test: any free port, and limits that the test chooses.
    static func settings(
        requestsPerMinute: Int = 10_000, contentLimit: Int = 64 << 20, pendingLimit: Int = 64 << 20
    ) -> CollectorConfiguration {
        var settings = CollectorConfiguration()
        settings.port = 0
        settings.deviceRequestsPerMinute = requestsPerMinute
        settings.contentLimit = contentLimit
        settings.pendingLimit = pendingLimit
        return settings
    }

    /// Starts a collector, runs `body`, and shuts it down gracefully.
    static func run(
        with configuration: CollectorConfiguration = settings(), _ body: (TestCollector) async throws -> Void
    ) async throws {
        let folder = try HostTree()
        let state = StateDirectory(folder.path)
        let setup = try Housekeeping(state).setUp()
        let store = try SQLiteStore(path: state.database)
        let token = try await Housekeeping(state).makeOperatorToken(in: store, by: actor)
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = try await Collector(
            configuration: configuration, authority: setup.authority, store: store, logger: logger
        ).application(state: state) { channel in continuation.yield(channel.localAddress?.port ?? 0) }
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            do {
                try await body(
                    TestCollector(
                        port: port, store: store, authority: setup.authority, operatorToken: token ?? "",
                        operations: Operations(store: store, authority: setup.authority)))
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Opens a connection without a client certificate.
    func connect<T: Sendable>(_ body: (inout LoopbackClient.Exchange) async throws -> T) async throws -> T {
        try await LoopbackClient.with(port: port, authority: authority.certificateDER, body)
    }

    /// Makes a join token.
    func makeToken(uses: Int = 1, validFor: Duration = .seconds(3600)) async throws -> JoinToken {
        let view = try await operations.createToken(
            uses: uses, validFor: validFor, profile: nil, by: Actor("test", at: .now))
        return try JoinToken(parsing: view.token)
    }

    /// Enrols a new device.
    func enrol(serial: String = "S1") async throws -> TestDevice {
        var device = try TestDevice(serial: serial)
        let token = try await makeToken()
        let answer = try await connect { [device] client in
            try await client.send(.POST, "/v1/enroll", try device.enrolment(token.credential))
        }
        device.certificate = try answer.decoded(EnrollmentAnswer.self).certificate
        return device
    }

    /// Opens a connection as `device`.
    func connect<T: Sendable>(
        as device: TestDevice, _ body: (inout LoopbackClient.Exchange) async throws -> T
    ) async throws -> T {
        try await LoopbackClient.with(
            port: port, authority: authority.certificateDER, certificate: device.certificate, key: device.keyPEM, body)
    }

    /// Waits until nothing is left to evaluate, without a clock: the evaluation yields between its steps.
    func settle() async throws {
        while try await !store.dirtyDevices(limit: 1).isEmpty { await Task.yield() }
    }
}

/// A device with a key, which makes reports by hand.
struct TestDevice: Sendable {
    let key = P256.Signing.PrivateKey()
    var facts = DeviceFacts()
    var certificate = ""

    init(serial: String) throws {
        facts.serial = serial
        facts.manufacturer = "Maker"
        facts.model = "Edge"
    }

    var identity: DeviceIdentity { DeviceIdentity(publicKey: key.publicKey) }
    var keyPEM: String { key.pemRepresentation }

    func csr() throws -> String {
        let request = try CertificateSigningRequest(
            version: .v1, subject: try DistinguishedName { CommonName("device") }, privateKey: .init(key),
            attributes: .init(), signatureAlgorithm: .ecdsaWithSHA256)
        return try request.serializeAsPEM().pemString
    }

    func enrolment(_ credential: String) throws -> [UInt8] {
        try CanonicalJSON.encode(EnrollmentRequest(token: credential, csr: try csr(), device: facts))
    }

    /// An inventory of some components, as sections with their bytes.
    func sections(_ components: [Component]) throws -> (descriptors: [String: SectionDescriptor], objects: [[UInt8]]) {
        var descriptors: [String: SectionDescriptor] = [:]
        var objects: [[UInt8]] = []
        func add(_ name: SectionName, _ lines: [[UInt8]]) {
            let bytes = lines.reduce(into: [UInt8]()) { $0 += $1 + [0x0a] }
            descriptors[name.rawValue] = SectionDescriptor(
                digest: .sha256(of: bytes), lines: lines.count, size: bytes.count)
            objects.append(bytes)
        }
        add(.platform, [try CanonicalJSON.encode(facts)])
        add(.components, try components.map { try CanonicalJSON.encode($0) })
        for name in SectionName.allCases where descriptors[name.rawValue] == nil { add(name, []) }
        return (descriptors, objects)
    }

    func report(
        _ sequence: UInt64, _ sections: [String: SectionDescriptor], previous: ContentDigest? = nil,
        nonce: String? = nil, takenAt: String? = nil, key: P256.Signing.PrivateKey? = nil
    ) throws -> SealedReport {
        try ReportSealer(key: key ?? self.key).seal(
            ReportStatement.Predicate(
                sequence: sequence, previous: previous, bootID: "b", takenAt: takenAt ?? Timestamp.now.description,
                agent: .init(name: "assay-agent", version: "0.1.0"), sections: sections, gaps: [:], nonce: nonce))
    }

    static func frames(_ objects: [[UInt8]]) throws -> [UInt8] {
        let frames = objects.reduce(into: [UInt8]()) { frames, object in
            frames += Array("\(ContentDigest.sha256(of: object)) \(object.count)\n".utf8) + object
        }
        return try GzipWriter.compress(frames)
    }
}
