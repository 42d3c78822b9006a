import AssayReport
import AssayTestKit
import Testing

@testable import AssayAgent

@Suite struct ReportScheduleTests {
    private let now: Int64 = 1_769_860_800

    @Test func theFirstReportComesWithinTheSpread() {
        var random = SplitMix64(state: 1)
        var moments: Set<Int64> = []
        for _ in 0..<500 {
            let schedule = ReportSchedule(firstWithin: 300, now: now, random: &random)
            #expect((0...300).contains(schedule.wait(at: now)))
            moments.insert(schedule.dueAt)
        }
        #expect(moments.count > 200, "devices spread themselves")
    }

    @Test(arguments: [
        (3600, 600, 3600...4200), (0, 0, 30...30), (-5, -5, 30...30), (.max, 0, 604_800...604_800),
        (60, .max, 60...604_860), (.min, .min, 30...30),
    ])
    func followsTheCollectorsWindowInSaneBounds(_ after: Int, _ spread: Int, _ expected: ClosedRange<Int64>) {
        var random = SplitMix64(state: 2)
        var schedule = ReportSchedule(firstWithin: 0, now: now, random: &random)
        schedule.failed(BackOff(), minimum: 0, isReportMade: false, now: now, random: &random)
        schedule.succeeded(.init(after: after, spread: spread), now: now, random: &random)
        #expect(schedule.failures == 0)
        #expect(schedule.retryAt == nil)
        #expect(expected.contains(schedule.wait(at: now)))
        schedule.succeeded(nil, now: now, random: &random)
        #expect(expected.contains(schedule.wait(at: now)), "the last window holds until there is another")
    }

    @Test func aFailureIsTriedAgainBeforeTheNextReport() {
        var random = SplitMix64(state: 3)
        var schedule = ReportSchedule(firstWithin: 0, now: now, random: &random)
        schedule.failed(BackOff(), minimum: 100, isReportMade: true, now: now, random: &random)
        #expect((100...130).contains(schedule.wait(at: now)))
        #expect(!schedule.isDue(at: now + 130))
        #expect(schedule.isDue(at: now + 4200))
    }

    @Test("a clock that jumped does not silence the device") func survivesClockJumps() {
        var random = SplitMix64(state: 4)
        var schedule = ReportSchedule(firstWithin: 0, now: now, random: &random)
        schedule.succeeded(.init(after: 3600, spread: 0), now: now, random: &random)
        #expect(schedule.wait(at: now - 10 * 365 * 86_400) == 0)
        #expect(schedule.wait(at: now + 10 * 365 * 86_400) == 0)
        schedule.dueAt = .max
        #expect(schedule.wait(at: -1) == 0)
    }

    @Test("waits lie between nothing and a doubling ceiling") func backOffIsBounded() {
        var random = SplitMix64(state: 5)
        for (failures, ceiling) in [(0, 30), (1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (1000, 3600)]
            as [(Int, Int64)]
        {
            let waits = (0..<400).map { _ in BackOff().wait(after: failures, random: &random) }
            #expect(waits.allSatisfy { (0...ceiling).contains($0) })
            #expect((waits.max() ?? 0) > ceiling * 9 / 10)
            #expect((waits.min() ?? .max) < ceiling / 10 + 1)
        }
        #expect(BackOff().wait(after: 1, minimum: 500, random: &random) >= 500)
    }
}
