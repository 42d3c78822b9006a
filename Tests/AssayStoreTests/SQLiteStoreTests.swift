import AssayModel
import AssayReport
import AssayStore
import AssayTestKit
import Foundation
import GRDB
import Testing

@testable import AssayStoreSQLite

/// The SQLite store against the conformance suite, in memory and on a file, and what is SQLite's own.
struct SQLiteStoreTests {
    typealias Check = @Sendable (SQLiteStore) async throws -> Void

    static let checks: [(name: String, check: Check)] = [
        ("tokens let devices in", { try await StoreConformance.tokensLetDevicesIn($0) }),
        ("revoked devices stay out", { try await StoreConformance.revokedDevicesStayOut($0) }),
        ("strangers are unknown", { try await StoreConformance.strangersAreUnknown($0) }),
        ("the chain grows", { try await StoreConformance.chainGrows($0) }),
        ("replays are refused and noted", { try await StoreConformance.replaysAreRefusedAndNoted($0) }),
        ("anomalies are kept", { try await StoreConformance.anomaliesAreKept($0) }),
        ("content is kept once", { try await StoreConformance.contentIsKeptOnce($0) }),
        ("content waits with its device", { try await StoreConformance.contentWaitsWithItsDevice($0) }),
        ("waiting content has a limit", { try await StoreConformance.waitingContentHasALimit($0) }),
        ("what waits too long is dropped", { try await StoreConformance.whatWaitsTooLongIsDropped($0) }),
        ("pending reports wait", { try await StoreConformance.pendingReportsWait($0) }),
        ("equal roots have equal counts", { try await StoreConformance.equalRootsHaveEqualCounts($0) }),
        ("gravest findings come first", { try await StoreConformance.gravestFindingsComeFirst($0) }),
        ("dirty devices are listed in pages", { try await StoreConformance.dirtyDevicesAreListedInPages($0) }),
        ("findings live and end", { try await StoreConformance.findingsLiveAndEnd($0) }),
        ("unchanged reports need no evaluation", { try await StoreConformance.unchangedReportsNeedNoEvaluation($0) }),
        ("changes during an evaluation", { try await StoreConformance.changesDuringAnEvaluationAreNotLost($0) }),
        ("chain findings are settled", { try await StoreConformance.chainFindingsAreSettledByOperators($0) }),
        ("results are kept once", { try await StoreConformance.resultsAreKeptOnce($0) }),
        ("results are listed in pages", { try await StoreConformance.resultsAreListedInPages($0) }),
        ("yields count first results", { try await StoreConformance.yieldsCountFirstResults($0) }),
        ("documents have revisions", { try await StoreConformance.documentsHaveRevisions($0) }),
        ("records are found by serial number", { try await StoreConformance.recordsAreFoundBySerial($0) }),
        ("records touch their units", { try await StoreConformance.recordsTouchTheirUnits($0) }),
        ("chains are not cut", { try await StoreConformance.chainsAreNotCut($0) }),
        ("settings are made once", { try await StoreConformance.settingsAreMadeOnce($0) }),
        ("devices are listed in pages", { try await StoreConformance.devicesAreListedInPages($0) }),
        ("devices are found and sorted", { try await StoreConformance.devicesAreFoundAndSorted($0) }),
        ("searches find what devices state", { try await StoreConformance.searchesFindWhatDevicesState($0) }),
        ("reports are listed", { try await StoreConformance.reportsAreListedNewestFirst($0) }),
        ("identities meet in the fleet", { try await StoreConformance.identitiesMeetInTheFleet($0) }),
        ("revoked devices hold nothing", { try await StoreConformance.revokedDevicesHoldNothing($0) }),
        ("a crowd stays within bounds", { try await StoreConformance.aCrowdIsReadAndTouchedWithinBounds($0) }),
        ("parts are marked", { try await StoreConformance.partsAreMarked($0) }),
        ("boot ids do not return", { try await StoreConformance.bootIDsDoNotReturn($0) }),
        ("findings have a life", { try await StoreConformance.findingsHaveALife($0) }),
        ("causes are listed in pages", { try await StoreConformance.causesAreListedInPages($0) }),
        ("causes follow their devices", { try await StoreConformance.causesFollowTheirDevices($0) }),
        ("causes follow the life of findings", { try await StoreConformance.causesFollowTheLifeOfFindings($0) }),
        ("findings are acknowledged together", { try await StoreConformance.findingsAreAcknowledgedTogether($0) }),
        ("the audit trail is read in pages", { try await StoreConformance.theAuditTrailIsReadInPages($0) }),
        ("accounts have one name", { try await StoreConformance.accountsHaveOneName($0) }),
        ("closed accounts have no sessions", { try await StoreConformance.closedAccountsHaveNoSessions($0) }),
        ("sessions end", { try await StoreConformance.sessionsEnd($0) }),
        ("one-time steps are used once", { try await StoreConformance.oneTimeStepsAreUsedOnce($0) }),
        ("invitations are used once", { try await StoreConformance.invitationsAreUsedOnce($0) }),
        ("waivers end and are listed", { try await StoreConformance.waiversEndAndAreListed($0) }),
        ("causes are counted", { try await StoreConformance.causesAreCountedOverTheFleet($0) }),
        ("the fleet is counted", { try await StoreConformance.theFleetIsCounted($0) }),
        ("changes of a day are counted", { try await StoreConformance.changesOfADayAreCounted($0) }),
        ("days are written once", { try await StoreConformance.daysAreWrittenOnce($0) }),
        ("silence is noticed", { try await StoreConformance.silenceIsNoticed($0) }),
        ("devices are found by their content", { try await StoreConformance.devicesAreFoundByTheirContent($0) }),
        ("what nobody holds is forgotten", { try await StoreConformance.whatNobodyHoldsIsForgotten($0) }),
        ("shards lead to their holders", { try await StoreConformance.shardsLeadToTheirHolders($0) }),
        ("ids are found by their beginning", { try await StoreConformance.idsAreFoundByTheirBeginning($0) }),
        ("concurrent reports are committed", { try await StoreConformance.concurrentReportsAreAllCommitted($0) }),
    ]

    @Test("in memory", arguments: checks.indices) func inMemory(_ index: Int) async throws {
        try await Self.checks[index].check(.inMemory())
    }

    @Test("on a file", arguments: checks.indices) func onFile(_ index: Int) async throws {
        let folder = try HostTree()
        try await Self.checks[index].check(SQLiteStore(path: folder.path + "/store.db"))
    }

    @Test func commitsAreSyncedToDisk() async throws {
        let folder = try HostTree()
        let store = try SQLiteStore(path: folder.path + "/store.db")
        let settings = try await store.database.write { db in
            (
                try Int.fetchOne(db, sql: "PRAGMA synchronous"), try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(db, sql: "PRAGMA foreign_keys")
            )
        }
        #expect(settings.0 == 2)
        #expect(settings.1 == "wal")
        #expect(settings.2 == 1)
    }

    @Test func whatWasStoredIsThereAfterReopening() async throws {
        let folder = try HostTree()
        let path = folder.path + "/store.db"
        _ = try await StoreConformance.withDevice(try SQLiteStore(path: path))
        let again = try SQLiteStore(path: path)
        #expect(try await again.device(StoreConformance.digest("a"))?.head?.sequence == 1)
    }

    @Test("nothing is overwritten", arguments: ["reports", "audit"]) func isAppendOnly(_ table: String) async throws {
        let store = try SQLiteStore.inMemory()
        _ = try await StoreConformance.withDevice(store)
        await #expect(throws: StoreFailure(.corrupt, "")) {
            try await store.write { try $0.execute(sql: "DELETE FROM \(table)") }
        }
        await #expect(throws: StoreFailure(.corrupt, "")) {
            try await store.write { try $0.execute(sql: "UPDATE \(table) SET id = id + 1") }
        }
    }

    @Test(
        "a value that is not what the schema says is an error, not the end of the program",
        arguments: [
            ("documents", "imported_at", "'soon'"), ("documents", "revision", "x'00'"), ("documents", "content", "1"),

            ("documents", "digest", "x'0102'"), ("devices", "last_sequence", "'first'"), ("devices", "facts", "'{'"),
            ("devices", "public_key", "1.5"), ("devices", "last_report", "x''"), ("devices", "generation", "'many'"),
        ])
    func damagedRows(_ table: String, _ column: String, _ value: String) async throws {
        let store = try SQLiteStore.inMemory()
        _ = try await StoreConformance.withDevice(store)
        let document = TraceabilityDocument(
            kind: .profile, id: "p", digest: .sha256(of: []), content: [1], importedAt: StoreConformance.now)
        _ = try await store.importDocument(document, by: StoreConformance.actor)
        try await store.database.write { db in
            try db.execute(sql: "DROP TRIGGER IF EXISTS \(table)_no_update")
            try db.execute(sql: "UPDATE \(table) SET \(column) = \(value)")
        }
        do {
            _ = try await store.device(StoreConformance.digest("a"))
            _ = try await store.documents(.profile, after: nil, limit: 9)
            _ = try await store.revisions(.profile, id: "p")
            Issue.record("\(table).\(column) was read as if it were whole")
        } catch let failure as StoreFailure {
            #expect(failure.code == .corrupt)
        }
    }

    @Test func backupHoldsEverythingAndIsPrivate() async throws {
        let folder = try HostTree()
        let store = try SQLiteStore(path: folder.path + "/store.db")
        _ = try await StoreConformance.withDevice(store)
        let backup = folder.path + "/backup.db"
        try await store.backUp(to: backup, with: ["ca.pem": "text"])
        let attributes = try FileManager.default.attributesOfItem(atPath: backup)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        await #expect(throws: StoreFailure(.exists, "")) { try await store.backUp(to: backup, with: [:]) }
        #expect(!FileManager.default.fileExists(atPath: backup + ".partial"))
        let files = try SQLiteStore.restore(from: backup, to: folder.path + "/restored.db")
        #expect(files == ["ca.pem": "text"])
        let restored = try SQLiteStore(path: folder.path + "/restored.db")
        #expect(try await restored.device(StoreConformance.digest("a"))?.head?.sequence == 1)
    }

    @Test func databasesAreForTheirOwnerAlone() throws {
        let folder = try HostTree()
        _ = try SQLiteStore(path: folder.path + "/store.db")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)[.posixPermissions]
            #expect((mode as? NSNumber)?.intValue == 0o600, "\(name)")
        }
    }

    @Test("a backup that fails leaves nothing behind") func failedBackupsLeaveNothing() async throws {
        let folder = try HostTree()
        let store = try SQLiteStore(path: folder.path + "/store.db")
        await #expect(throws: StoreFailure(.inputOutput, "")) {
            try await store.backUp(to: folder.path + "/none/backup.db", with: [:])
        }
        try await store.write { db in
            try db.execute(sql: "CREATE TABLE state_files(name TEXT)")
        }
        // The copy is whole by then; what is to be added to it fails.
        await #expect(throws: StoreFailure(.inputOutput, "")) {
            try await store.backUp(to: folder.path + "/backup.db", with: ["a": "b"])
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(names).isSubset(of: ["store.db", "store.db-wal", "store.db-shm"]), "\(names)")
    }

    @Test func aFileThatIsNoDatabaseIsNamed() async throws {
        let folder = try HostTree(["store.db": "this is not a database, and long enough to be sure of it"])
        #expect(throws: StoreFailure(.unusable, "")) { try SQLiteStore(path: folder.path + "/store.db") }
        #expect(throws: StoreFailure(.corrupt, "")) {
            try SQLiteStore.restore(from: folder.path + "/store.db", to: folder.path + "/new.db")
        }
    }
}
