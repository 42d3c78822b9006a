internal import AssayModel
internal import AssayReport
package import Logging

/// Reports on schedule until it is told to stop.
///
/// Blocks the calling thread.
package struct AgentDaemon<Events: DaemonEvents, Random: RandomNumberGenerator> {
    /// The two things that the daemon does; each takes the state folder's lock for as long as it works.
    package struct Work {
        /// Scans, seals and delivers.
        package var report: () throws -> DeliverySummary
        /// Delivers what waits.
        package var redeliver: () throws -> DeliverySummary

        /// Names the two.
        package init(
            report: @escaping () throws -> DeliverySummary, redeliver: @escaping () throws -> DeliverySummary
        ) {
            self.report = report
            self.redeliver = redeliver
        }
    }

    private let state: AgentState
    private let work: Work
    private let events: Events
    private let clock: () -> Int64
    private let log: Logger
    private let firstSpread: Int64
    private let backOff = BackOff()
    private var random: Random

    /// A daemon; `clock` gives seconds since 1970, and the first report comes within `firstSpread` seconds.
    package init(
        state: AgentState, work: Work, events: Events, clock: @escaping () -> Int64, random: Random, log: Logger,
        firstSpread: Int64 = 300
    ) {
        self.state = state
        self.work = work
        self.events = events
        self.clock = clock
        self.random = random
        self.log = log
        self.firstSpread = firstSpread
    }

    /// Works until a stop is asked for.
    package mutating func run() throws(StateFailure) {
        var schedule =
            try state.schedule() ?? ReportSchedule(firstWithin: firstSpread, now: clock(), random: &random)
        try store(schedule)
        log.info("started", metadata: ["next": "\(Timestamp(seconds: schedule.dueAt))"])
        while true {
            switch events.wait(seconds: schedule.wait(at: clock())) {
            case .stop:
                log.info("stopped")
                return
            case .rescan: work(on: &schedule, isDue: true)
            case .elapsed:
                guard schedule.wait(at: clock()) == 0 else { continue }
                work(on: &schedule, isDue: schedule.isDue(at: clock()))
            }
            try store(schedule)
        }
    }

    private mutating func work(on schedule: inout ReportSchedule, isDue: Bool) {
        do {
            let summary = try isDue ? work.report() : work.redeliver()
            if let failure = summary.failure, summary.waiting > 0 {
                return tryAgain(after: failure, isReportMade: isDue, on: &schedule)
            }
            guard let failure = summary.results?.failure, let waiting = summary.results?.waiting, waiting > 0 else {
                return schedule.succeeded(summary.last?.next, now: clock(), random: &random)
            }
            // Results that wait do not put off the next report.
            if isDue { schedule.succeeded(summary.last?.next, now: clock(), random: &random) }
            tryAgain(after: failure, isReportMade: false, on: &schedule)
        } catch {
            log.error("no report", metadata: ["reason": "\(error)"])
            schedule.failed(backOff, minimum: 0, isReportMade: isDue, now: clock(), random: &random)
        }
    }

    private mutating func tryAgain(
        after failure: DeliveryFailure, isReportMade: Bool, on schedule: inout ReportSchedule
    ) {
        schedule.failed(
            backOff, minimum: Int64(failure.retryAfter ?? 0), isReportMade: isReportMade, now: clock(), random: &random)
    }

    // A full disk must not end the daemon: only the plan over a restart is lost.
    private func store(_ schedule: ReportSchedule) throws(StateFailure) {
        do { try state.store(schedule) } catch {
            log.error("schedule not stored", metadata: ["reason": "\(error)"])
        }
    }
}
