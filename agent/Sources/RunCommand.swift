import ArgumentParser
import AssayAgent
import AssayTerminal
import Logging

/// Reports on schedule until it is stopped.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Report on schedule until stopped (the daemon).",
        discussion: """
            The collector sets the time of the next report. While it cannot be reached, reports wait in the spool and \
            delivery is tried again with growing, random pauses.

            SIGNALS
              SIGTERM, SIGINT  stop
              SIGHUP           scan and report now
            """)

    @OptionGroup var state: StateOption
    @OptionGroup var selection: ScanSelection
    @OptionGroup var rehashing: RehashOption
    @OptionGroup var host: HostRootOption

    @Option(help: ArgumentHelp("The first report comes within SECONDS.", valueName: "seconds"))
    var firstWithin: Int64 = 300

    func validate() throws {
        guard (0...86_400).contains(firstWithin) else {
            throw ValidationError("--first-within is \(firstWithin); it has to be 0 to 86400 (seconds)")
        }
    }

    func run() throws {
        do {
            let signals = ProcessSignals()
            let folder = try state.open()
            _ = try folder.enrollment()
            let log = state.logger(level: .info)
            let reporter = DeviceReporter(
                state: folder, options: selection.options(rehash: rehashing.rehash), root: try host.path(), log: log)
            let work = AgentDaemon<ProcessSignals, SystemRandomNumberGenerator>.Work(
                report: {
                    try reporter.report(now: StateOption.now, isCancelled: { ProcessSignals.isStopPending }).summary
                },
                redeliver: {
                    try reporter.redeliver(
                        now: StateOption.now(), isCancelled: { ProcessSignals.isStopPending })
                })
            var daemon = AgentDaemon(
                state: folder, work: work, events: signals, clock: StateOption.now,
                random: SystemRandomNumberGenerator(), log: log, firstSpread: firstWithin)
            try daemon.run()
        } catch {
            throw StateOption.exit(error)
        }
    }
}
