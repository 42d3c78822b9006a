import AssayModel
import AssayStore
import AssayTestKit
import Foundation
import Testing

@testable import AssayCollector

/// The small parts of the collector that need no server.
struct PartsTests {
    @Test(arguments: [("90s", 90), ("15m", 900), ("24h", 86_400), ("7d", 604_800), ("2w", 1_209_600)])
    func timeSpans(_ text: String, _ seconds: Int) { #expect(TimeSpan.parse(text) == .seconds(seconds)) }

    @Test(arguments: ["", "h", "0h", "-1h", "5", "5y", "99999999d"]) func noTimeSpans(_ text: String) {
        #expect(TimeSpan.parse(text) == nil)
    }

    @Test func settingsAreRead() throws {
        let text = "# comment\nlisten = 0.0.0.0\nport=443 # inline\nnames = a.example, 192.0.2.1\nlog-format = json\n"
        let settings = try CollectorConfiguration(parsing: text, file: "f")
        #expect(settings.listenAddress == "0.0.0.0")
        #expect(settings.port == 443)
        #expect(settings.names == ["a.example", "192.0.2.1"])
        #expect(settings.logFormat == "json")
        let written = try CollectorConfiguration(parsing: settings.fileText, file: "f")
        #expect(written.port == 443)
    }

    @Test(arguments: ["port = x", "port = 70000", "colour = red", "listen", "log-level = loud"])
    func settingsThatMakeNoSense(_ line: String) {
        let failure = #expect(throws: CollectorFailure.self) { try CollectorConfiguration(parsing: line, file: "f") }
        #expect(failure?.code == .data)
        #expect(failure?.description.hasPrefix("f:1") == true)
    }

    @Test func bucketsRefill() {
        let limiter = RateLimiter<String>(perMinute: 60)
        let start = ContinuousClock.now
        for _ in 0..<20 { #expect(limiter.secondsToWait(for: "a", at: start) == nil) }
        #expect(limiter.secondsToWait(for: "a", at: start) == 1)
        #expect(limiter.secondsToWait(for: "b", at: start) == nil)
        #expect(limiter.secondsToWait(for: "a", at: start.advanced(by: .seconds(2))) == nil)
    }

    @Test func scopesAreScored() {
        var facts = DeviceFacts()
        facts.manufacturer = "ACME  Corp"
        facts.model = "Edge 200"
        #expect(ProfileScope(DeviceMatch()).score(facts) == nil)
        #expect(ProfileScope(DeviceMatch(manufacturers: ["acme corp"])).score(facts) == 1)
        #expect(ProfileScope(DeviceMatch(manufacturers: ["acme*"], models: ["Edge *00"])).score(facts) == 2)
        #expect(ProfileScope(DeviceMatch(manufacturers: ["acme*"], models: ["Other"])).score(facts) == nil)
        #expect(ProfileScope(DeviceMatch(boards: ["*"])).score(facts) == nil)
    }

    @Test func stateFoldersAreMadeOnceAndKept() throws {
        let folder = try HostTree()
        let state = StateDirectory(folder.path + "/state")
        #expect(throws: CollectorFailure(.noInput, "")) { try Housekeeping(state).authority() }
        let first = try Housekeeping(state).setUp()
        let second = try Housekeeping(state).setUp()
        #expect(first.authority.fingerprint == second.authority.fingerprint)
        let key = try FileManager.default.attributesOfItem(atPath: state.authorityKey)[.posixPermissions]
        #expect((key as? NSNumber)?.intValue == 0o600)
        let other = StateDirectory(folder.path + "/other")
        let taken = try Housekeeping(other).setUp(
            own: (state.authorityCertificate, state.authorityKey))
        #expect(taken.authority.fingerprint == first.authority.fingerprint)
        let mixed = StateDirectory(folder.path + "/mixed")
        let stranger = try CertificateAuthority.create()
        try stranger.keyPEM.write(toFile: folder.path + "/k", atomically: true, encoding: .utf8)
        #expect(throws: CollectorFailure(.data, "")) {
            try Housekeeping(mixed).setUp(own: (state.authorityCertificate, folder.path + "/k"))
        }
    }
}
