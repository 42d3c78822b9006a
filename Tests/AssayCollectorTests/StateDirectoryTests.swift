import AssayStoreSQLite
import AssayTestKit
import Foundation
import NIOCore
import NIOPosix
import Testing

@testable import AssayCollector

/// The state folder: what makes it whole, and how it is written.
struct StateDirectoryTests {
    @Test func onlyAWholeCollectorIsOpened() throws {
        let folder = try HostTree()
        let state = StateDirectory(folder.path + "/state")
        #expect(throws: CollectorFailure(.noInput, "")) { try state.requireDatabase() }
        _ = try Housekeeping(state).setUp()
        let failure = #expect(throws: CollectorFailure.self) { try state.requireDatabase() }
        #expect(failure?.code == .noInput)
        #expect(failure?.nextStep?.contains("restore") == true)
        _ = try SQLiteStore(path: state.database)
        try state.requireDatabase()
    }

    @Test("a restore that fails half way leaves nothing that looks like a collector") func failingRestores() throws {
        let folder = try HostTree()
        let state = StateDirectory(folder.path + "/state")
        try state.create()
        let (authority, key) = try CertificateAuthority.create()
        let whole = ["ca.pem": authority.certificatePEM, "ca.key": key, "collector.conf": "port = 1\n"]
        for name in ["ca.pem", "ca.key"] {
            let failure = #expect(throws: CollectorFailure.self) {
                try Housekeeping(state).restore(whole.filter { $0.key != name })
            }
            #expect(failure?.code == .data)
            #expect(failure?.description.contains("no authority") == true)
        }
        // Something stands where the key has to go.
        try FileManager.default.createDirectory(atPath: state.authorityKey, withIntermediateDirectories: false)
        let blocked = #expect(throws: CollectorFailure.self) { try Housekeeping(state).restore(whole) }
        #expect(blocked?.description.contains(state.authorityKey) == true)
        #expect(!state.isInitialized && !FileManager.default.fileExists(atPath: state.configuration))
        try FileManager.default.removeItem(atPath: state.authorityKey)
        try Housekeeping(state).restore(whole)
        #expect(try Housekeeping(state).authority().fingerprint == authority.fingerprint)
        #expect(try Housekeeping(state).configuration().port == 1)
    }

    @Test func settingsAreChangedLineByLine() throws {
        let folder = try HostTree()
        let state = StateDirectory(folder.path)
        _ = try Housekeeping(state).setUp()
        let file = "# mine\nreport-after = 60\nport = 1 # old\nlog-format = json\n"
        try state.write(file, to: state.configuration)
        _ = try Housekeeping(state).setUp(changes: ["port": "9443", "listen": "::1"])
        let text = try state.read(state.configuration)
        #expect(text == "# mine\nreport-after = 60\nport = 9443\nlog-format = json\nlisten = ::1\n")
        #expect(throws: CollectorFailure(.data, "")) { try Housekeeping(state).setUp(changes: ["port": "99999"]) }
        #expect(try state.read(state.configuration) == text)
    }

    @Test(arguments: [("port", "99999"), ("log-format", "bogus"), ("log-level", "loud"), ("listen", "a b")])
    func flagsFollowTheRulesOfTheFile(_ key: String, _ value: String) {
        var settings = CollectorConfiguration()
        let failure = #expect(throws: CollectorFailure.self) { try settings.set(key, toFlag: value) }
        #expect(failure?.code == .usage)
        #expect(failure?.description.hasPrefix("--\(key) ") == true)
    }

    @Test func everySettingIsWritten() throws {
        var settings = CollectorConfiguration()
        settings.connectionLimit = 7
        settings.logFormat = "json"
        settings.uploadLimit = 1
        #expect(try CollectorConfiguration(parsing: settings.fileText, file: "f") == settings)
    }

    @Test("a secret goes to a new file of mode 0600, never through a link") func secretsAreWrittenSafely() throws {
        let folder = try HostTree(["victim": "as it was"])
        let state = StateDirectory(folder.path)
        let file = folder.path + "/secret"
        try FileManager.default.createSymbolicLink(atPath: file + ".new", withDestinationPath: folder.path + "/victim")
        try state.write("secret", to: file)
        #expect(try state.read(folder.path + "/victim") == "as it was")
        #expect(try state.read(file) == "secret")
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        #expect(throws: CollectorFailure(.cannotCreate, "")) { try state.write("x", to: folder.path + "/none/file") }
    }

    @Test func oneServerAFolder() throws {
        let folder = try HostTree()
        let state = StateDirectory(folder.path)
        do {
            let lock = try ServeLock(state)
            let failure = #expect(throws: CollectorFailure.self) { try ServeLock(state) }
            #expect(failure?.code == .unavailable)
            #expect(failure?.description.contains("\(ProcessInfo.processInfo.processIdentifier)") == true)
            withExtendedLifetime(lock) {}
        }
        _ = try ServeLock(state)
    }

    @Test func operatorTokensCanBeReplaced() async throws {
        let folder = try HostTree()
        let state = StateDirectory(folder.path)
        let store = try SQLiteStore.inMemory()
        let first = try await Housekeeping(state).makeOperatorToken(in: store, by: TestCollector.actor)
        #expect(first != nil)
        #expect(try await Housekeeping(state).makeOperatorToken(in: store, by: TestCollector.actor) == nil)
        try FileManager.default.removeItem(atPath: state.operatorToken)
        let second = try await Housekeeping(state).makeOperatorToken(in: store, by: TestCollector.actor)
        #expect(second != nil && second != first)
        #expect(try await store.operatorTokens().count == 2)
    }

    @Test func whatIsNoPEMIsNamed() {
        let failure = #expect(throws: CollectorFailure.self) {
            try CertificateAuthority(certificatePEM: "x", keyPEM: "y", files: ("/a/ca.pem", "/a/ca.key"))
        }
        #expect(failure?.code == .data)
        #expect(failure?.description == "/a/ca.pem is not a certificate in PEM form")
    }

    @Test func overdueConnectionsAreClosed() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let deadlines = RequestDeadlines()
        try await deadlines.within(.seconds(60), channel) {
            deadlines.closeOverdue()
            #expect(channel.isActive)
            deadlines.closeOverdue(at: .now + .seconds(61))
            try await channel.closeFuture.get()
        }
    }
}
