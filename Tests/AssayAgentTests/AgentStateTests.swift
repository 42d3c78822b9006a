import AssayModel
import AssayReport
import Crypto
import Foundation
import Testing

@testable import AssayAgent

@Suite struct AgentStateTests {
    @Test func everythingIsForTheAgentAlone() throws {
        let folder = try StateFolder()
        let state = try folder.state()
        let key = try DeviceKey.obtain(in: state)
        try state.store(ReportLedger())
        #expect(try folder.mode("device.key") == 0o600)
        #expect(try folder.mode("ledger.json") == 0o600)
        #expect(try folder.mode("spool/new") == 0o700)
        #expect(try DeviceKey.obtain(in: state).identity == key.identity)
        #expect(folder.names("").contains("device.key.tmp") == false)
    }

    @Test(arguments: [0o640, 0o604, 0o660]) func refusesAKeyThatOthersMayRead(_ mode: Int) throws {
        let folder = try StateFolder()
        let state = try folder.state()
        _ = try DeviceKey.obtain(in: state)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path + "/device.key")
        #expect(throws: StateFailure(.insecure)) { try DeviceKey(in: state) }
    }

    @Test(arguments: ["", "not a key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func refusesADamagedKey(_ text: String) throws {
        let folder = try StateFolder()
        let state = try folder.state()
        try state.files.write(Array(text.utf8), to: state.path("device.key"))
        #expect(throws: StateFailure(.damaged)) { try DeviceKey.obtain(in: state) }
    }

    @Test func oneAgentAtATime() throws {
        let folder = try StateFolder()
        let state = try folder.state()
        do {
            let lock = try state.lock()
            #expect(throws: StateFailure(.locked)) { _ = try state.lock() }
            withExtendedLifetime(lock) {}
        }
        _ = try state.lock()
    }

    @Test func namesWhatIsMissing() throws {
        let folder = try StateFolder()
        let state = try folder.state()
        let failure = #expect(throws: StateFailure(.notEnrolled)) { try state.enrollment() }
        #expect(failure?.description.contains("assay-agent enroll") == true)
    }

    @Test func aDamagedScheduleOnlyCostsTheWait() throws {
        let folder = try StateFolder()
        let state = try folder.state()
        for name in ["schedule.json", "ledger.json"] {
            try state.files.write(Array("{\"dueAt\":".utf8), to: state.path(name))
        }
        #expect(try state.schedule() == nil)
        #expect(throws: StateFailure(.damaged)) { try state.ledger() }
    }

    @Test func cannotLiveWhereItMayNotWrite() {
        #expect(throws: StateFailure.self) { try AgentState(directory: "/proc/assay-agent") }
    }

    @Test func theLedgerTakesInWhatTheSpoolHolds() throws {
        let disk = SimulatedDisk()
        let state = try AgentState(directory: "/s", files: disk)
        let digest = ContentDigest.sha256(of: [4])
        try state.spool.add(.init(digest: digest, sequence: 4, envelope: []))
        var ledger = try state.ledger()
        #expect(ledger.previous == digest)
        #expect(try ledger.reserve() == 5)
        ledger.skip(to: 9)
        #expect(try ledger.reserve() == 10)
        ledger.skip(to: 3)
        #expect(ledger.sequence == 10)
        ledger.skip(to: .max)
        #expect(ledger.sequence == 10)
    }
}
