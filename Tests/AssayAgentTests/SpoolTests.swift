import AssayModel
import AssayReport
import Testing

@testable import AssayAgent

@Suite struct SpoolTests {
    private let disk = SimulatedDisk()

    private func report(_ sequence: UInt64) -> SealedReport {
        SealedReport(
            digest: .sha256(of: [UInt8(truncatingIfNeeded: sequence)]), sequence: sequence, envelope: [1, 2, 3])
    }

    @Test func listsOldestFirst() throws {
        let spool = Spool(directory: "/s", files: disk)
        for sequence in [10, 9, 1_000_000, 1] as [UInt64] { try spool.add(report(sequence)) }
        let reports = try spool.reports()
        #expect(reports.map(\.sequence) == [1, 9, 10, 1_000_000])
        #expect(reports[0].digest == .sha256(of: [1]))
        #expect(try spool.envelope(of: reports[0]) == [1, 2, 3])
        try spool.acknowledge(reports[0])
        #expect(try spool.envelope(of: reports[0]) == nil)
        #expect(try spool.reports().count == 3)
    }

    @Test("refusing what another process delivered meanwhile is no failure") func refusesWhatIsGone() throws {
        let spool = Spool(directory: "/s", files: disk)
        try spool.add(report(1))
        let waiting = try #require(spool.reports().first)
        try spool.acknowledge(waiting)
        try spool.refuse(waiting)
        #expect(disk.paths(in: "/s/refused").isEmpty)
    }

    @Test func ignoresForeignFiles() throws {
        disk.put([], at: "/s/new/README")
        disk.put([], at: "/s/new/1-sha256")
        disk.put([], at: "/s/new/00000000000000000001-abc")
        #expect(try Spool(directory: "/s", files: disk).reports().isEmpty)
    }

    @Test func refusesNewReportsWhenFull() throws {
        let spool = Spool(directory: "/s", files: disk, limit: 2)
        try spool.add(report(1))
        try spool.checkRoom()
        try spool.add(report(2))
        #expect(throws: StateFailure(.spoolFull)) { try spool.checkRoom() }
        #expect(try spool.reports().count == 2)
    }

    @Test func setsRefusedReportsAsideAndKeepsTheNewest() throws {
        let spool = Spool(directory: "/s", files: disk)
        for sequence in 1...UInt64(Spool.refusedLimit + 2) {
            try spool.add(report(sequence))
            try spool.refuse(try #require(spool.reports().first))
        }
        #expect(try spool.reports().isEmpty)
        let kept = disk.paths(in: "/s/refused")
        #expect(kept.count == Spool.refusedLimit)
        #expect(kept[0].contains("00000000000000000003-"))
    }

    @Test func sweepsWhatAnInterruptionLeft() throws {
        let spool = Spool(directory: "/s", files: disk)
        disk.fail(after: 0)
        #expect(throws: StateFailure(.ioError)) { try spool.add(report(1)) }
        disk.restart(losing: false)
        #expect(disk.paths(in: "/s/tmp").count == 1)
        try spool.sweep()
        #expect(disk.paths(in: "/s/tmp").isEmpty)
        #expect(try spool.reports().isEmpty)
    }
}
