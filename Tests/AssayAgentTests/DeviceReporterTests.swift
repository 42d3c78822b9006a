import AssayModel
import AssayReport
import Foundation
import Testing

@testable import AssayAgent

@Suite(.enabled(if: LoopbackServer.isAvailable, "needs python3 and openssl")) struct DeviceReporterTests {
    private let folder: StateFolder
    private let state: AgentState
    private let now = Int64(Date().timeIntervalSince1970)

    init() throws {
        folder = try StateFolder()
        state = try folder.state()
    }

    private var reporter: DeviceReporter {
        var options = ScanOptions()
        options.sections = [.packages]
        return DeviceReporter(state: state, options: options, log: silence)
    }

    /// Enrols with a collector that nothing answers for.
    private func enroll() throws -> DeviceKey {
        let key = try DeviceKey.obtain(in: state)
        let certificates = try TestCertificates.shared()
        try state.store(
            EnrollmentRecord(
                collector: CollectorAddress("https://127.0.0.1:1"), deviceID: key.identity.id,
                certificate: certificates.sign(CertificateSigningRequest(key: key.privateKey).pem),
                authority: certificates.text("ca.pem"), issuedAt: "2026-01-31T12:00:00Z"))
        return key
    }

    @Test("a report is made, sealed and kept when no collector can be reached") func keepsTheReport() throws {
        let key = try enroll()
        var order: [String] = []
        let result = try reporter.report(
            now: { now }, prepare: { _ in order.append("scan") }, found: { _ in order.append("found") })
        #expect(order == ["scan", "found"])
        #expect(result.inventory.device.id == key.identity.id.description)
        #expect(result.summary.acknowledged.isEmpty && result.summary.waiting == 1)
        #expect(result.summary.failure == DeliveryFailure(.unreachable))
        #expect(result.session?.client.address.description == "https://127.0.0.1:1")
        let report = try #require(try state.spool.reports().first)
        let envelope = try #require(try state.spool.envelope(of: report))
        let verified = try ReceivedReport(parsing: envelope).verified(by: key.identity)
        #expect(verified.predicate.sequence == 1)
        #expect(Set(verified.predicate.sections.keys) == Set(SectionName.allCases.map(\.rawValue)))
        #expect(Timestamp(verified.predicate.takenAt) == Timestamp(seconds: now))
        #expect(verified.predicate.agent.name == AgentName.current.name)
        #expect(verified.predicate.agent.version == AgentName.current.version)
        #expect(verified.predicate.agent.digest != nil)
        #expect(try reporter.redeliver(now: now).waiting == 1)
    }

    @Test("an enrolment that has run out keeps a report from leaving, not from being made") func expired() throws {
        _ = try enroll()
        let later = now + 400 * 86_400
        let summary = try reporter.report(now: { later }).summary
        #expect(summary.failure == DeliveryFailure(.certificateExpired))
        #expect(try state.spool.reports().count == 1)
        #expect(throws: DeliveryFailure(.certificateExpired)) { try reporter.redeliver(now: later) }
    }

    @Test("without an enrolment, or without its key, nothing is scanned") func notEnrolled() throws {
        func attempt() -> StateFailure? {
            #expect(throws: StateFailure(.notEnrolled)) {
                try reporter.report(now: { now }, prepare: { _ in Issue.record("scanned") })
            }
        }
        #expect(attempt()?.detail.contains("assay-agent enroll") == true)
        _ = try enroll()
        try FileManager.default.removeItem(atPath: folder.path + "/device.key")
        #expect(attempt()?.detail.contains("key is gone") == true)
        #expect(throws: StateFailure(.notEnrolled)) { try reporter.redeliver(now: now) }
    }

    @Test("one report at a time") func locked() throws {
        _ = try enroll()
        let lock = try state.lock()
        #expect(throws: StateFailure(.locked)) { try reporter.report(now: { now }) }
        #expect(throws: StateFailure(.locked)) { try reporter.redeliver(now: now) }
        withExtendedLifetime(lock) {}
    }
}
