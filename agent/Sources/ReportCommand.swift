import ArgumentParser
import AssayAgent
import AssayModel
import AssayReport
import AssayTerminal

/// Scans once and delivers the report now.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Scan this machine and deliver the signed report now.",
        discussion: """
            The report is sealed and put into the spool before anything is sent, and stays there until the collector has \
            acknowledged that it is durable. When the collector cannot be reached the command ends with status 69 and \
            the report goes out with the next delivery.
            """)

    @Option(help: "Print as a table or as JSON.")
    var format: OutputFormat = .table

    @Option(help: ArgumentHelp("Wait at most SECONDS for the collector's verdict.", valueName: "seconds"))
    var wait = 20

    @OptionGroup var state: StateOption
    @OptionGroup var selection: ScanSelection

    func run() throws {
        do {
            let folder = try state.open()
            let reporter = DeviceReporter(state: folder, options: selection.options(), log: state.logger())
            let progress = Holder<ScanProgress>()
            let result = try reporter.report(
                now: StateOption.now, prepare: { progress.value = ScanProgress($0.progress) })
            progress.value?.finish()
            let status = result.summary.isComplete ? try verdict(of: result, reporter) : nil
            try show(result, status)
            if let failure = result.summary.failure { throw failure }
        } catch {
            throw StateOption.exit(error)
        }
    }

    /// Asks until the collector has judged this very report, or the time is over.
    private func verdict(of result: DeviceReporter.Result, _ reporter: DeviceReporter) throws -> DeviceStatus? {
        var status: DeviceStatus?
        let end = StateOption.now() + Int64(max(0, wait))
        repeat {
            status = try reporter.status(now: StateOption.now())
            if status?.evaluated == true { break }
            Pause.milliseconds(100)
        } while StateOption.now() < end
        return status
    }

    private func show(_ result: DeviceReporter.Result, _ status: DeviceStatus?) throws {
        let view = ReportView(result, status)
        switch format {
        case .json: Terminal.write(String(decoding: try CanonicalJSON.encodeForPeople(view), as: UTF8.self) + "\n")
        case .table: Terminal.write(view.text)
        }
    }
}

/// A value that a closure fills in.
final class Holder<Value> {
    var value: Value?
}
