import AssayModel
import AssayReport
import Testing

@testable import AssayAgent

@Suite struct ReportRunTests {
    private let key: DeviceKey
    private let content = ReportRun.Content(
        sections: [
            WrittenSection(
                name: "boot", descriptor: SectionDescriptor(digest: .sha256(of: [1]), lines: 1, size: 1), index: nil)
        ], gaps: ["denied": 1], bootID: "b", takenAt: 1_769_860_800)

    init() throws {
        let folder = try StateFolder()
        key = try DeviceKey.obtain(in: folder.state())
    }

    private func run(_ state: AgentState) -> ReportRun {
        ReportRun(state: state, key: key, agent: .init(name: "assay-agent", version: "1"), log: silence)
    }

    private func chain(_ state: AgentState) throws -> [VerifiedReport] {
        try state.spool.reports().map { report in
            let envelope = try #require(try state.spool.envelope(of: report))
            let verified = try ReceivedReport(parsing: envelope).verified(by: key.identity)
            #expect(verified.digest == report.digest)
            #expect(verified.predicate.sequence == report.sequence)
            return verified
        }
    }

    private func expectUnbroken(_ chain: [VerifiedReport]) {
        for (report, next) in zip(chain, chain.dropFirst()) {
            #expect(next.predicate.sequence > report.predicate.sequence)
            #expect(next.predicate.previous == report.digest)
        }
    }

    @Test func sealsAChain() throws {
        let state = try AgentState(directory: "/s", files: SimulatedDisk())
        for _ in 0..<3 { try run(state).seal(content) }
        let reports = try chain(state)
        #expect(reports.map(\.predicate.sequence) == [1, 2, 3])
        let first = try #require(reports.first).predicate
        #expect(first.previous == nil)
        #expect(first.takenAt == "2026-01-31T12:00:00Z")
        #expect(first.gaps == ["denied": 1])
        #expect(first.sections == ["boot": content.sections[0].descriptor])
        expectUnbroken(reports)
    }

    @Test(
        "a power cut at any moment loses no finished report, breaks no chain and uses no number twice",
        arguments: [true, false])
    func survivesPowerCuts(losing: Bool) throws {
        let total = try {
            let disk = SimulatedDisk()
            for _ in 0..<3 { try run(try AgentState(directory: "/s", files: disk)).seal(content) }
            return disk.changes
        }()
        #expect(total > 15)
        for moment in 0..<total {
            let disk = SimulatedDisk()
            disk.fail(after: moment)
            var finished: [ContentDigest] = []
            var highest: UInt64 = 0
            let state = try AgentState(directory: "/s", files: disk)
            while let sealed = try? run(state).seal(content) {
                finished.append(sealed.digest)
                highest = sealed.sequence
            }
            disk.restart(losing: losing)
            try state.spool.sweep()
            let survivors = try chain(state)
            #expect(survivors.map(\.digest).starts(with: finished), "moment \(moment)")
            #expect(survivors.count - finished.count <= 1)
            let next = try run(state).seal(content)
            #expect(next.sequence > highest)
            expectUnbroken(try chain(state))
            #expect(disk.paths(in: "/s/spool/tmp").isEmpty)
        }
    }

    @Test("a number that a power cut left unused is skipped, and the chain shows that nothing was lost")
    func skipsAnUnusedNumber() throws {
        let disk = SimulatedDisk()
        let state = try AgentState(directory: "/s", files: disk)
        let first = try run(state).seal(content)
        // The ledger takes three changes; the fourth writes the report.
        disk.fail(after: 3)
        #expect(throws: StateFailure(.ioError)) { try run(state).seal(content) }
        disk.restart(losing: true)
        try run(state).seal(content)
        let reports = try chain(state)
        #expect(reports.map(\.predicate.sequence) == [1, 3])
        #expect(reports.map(\.predicate.previous) == [nil, first.digest])
    }

    @Test func aFullDiskLosesNothing() throws {
        let disk = SimulatedDisk()
        let state = try AgentState(directory: "/s", files: disk)
        try run(state).seal(content)
        disk.fail(after: 0, with: .diskFull)
        #expect(throws: StateFailure(.diskFull)) { try run(state).seal(content) }
        disk.restart(losing: false)
        #expect(try chain(state).count == 1)
        try run(state).seal(content)
        expectUnbroken(try chain(state))
    }
}
