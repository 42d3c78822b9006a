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

            An agent in a container reports on its host with --root, where the host's root is mounted with its /sys and \
            /proc. What only the kernel itself can be asked for is then left out, as in any scan with --root.

            EXAMPLES
              assay-agent report
              assay-agent report --root /host --state /data/assay-agent
            """)

    @Option(help: "Print as a table or as JSON.")
    var format: OutputFormat = .table

    @Option(help: ArgumentHelp("Wait at most SECONDS for the collector's verdict.", valueName: "seconds"))
    var wait = 20

    @OptionGroup var state: StateOption
    @OptionGroup var selection: ScanSelection
    @OptionGroup var rehashing: RehashOption
    @OptionGroup var host: HostRootOption

    func validate() throws {
        guard (0...86_400).contains(wait) else {
            throw ValidationError("--wait is \(wait); it has to be 0 to 86400 (seconds)")
        }
    }

    func run() throws {
        do {
            let folder = try state.open()
            let reporter = DeviceReporter(
                state: folder, options: selection.options(rehash: rehashing.rehash), root: try host.path(),
                log: state.logger())
            let progress = Holder<ScanProgress>()
            defer { progress.value?.finish() }
            let result = try reporter.report(
                now: StateOption.now, prepare: { progress.value = ScanProgress($0.progress) },
                found: { inventory in
                    progress.value?.finish()
                    if showsEarly { Terminal.write(ReportView.found(inventory)) }
                })
            try show(result, verdict(of: result))
            if let failure = result.summary.failure { throw failure }
        } catch {
            throw StateOption.exit(error)
        }
    }

    /// What was found stands on a terminal before the delivery, which may take long.
    private var showsEarly: Bool { format == .table && Terminal.showsOutput }

    /// Asks until the collector has judged the report, or the time is over.
    ///
    /// The report is acknowledged by then: when a question goes wrong, the verdict is simply not known yet.
    private func verdict(of result: DeviceReporter.Result) -> DeviceStatus? {
        guard result.summary.failure == nil, !result.summary.acknowledged.isEmpty, let session = result.session
        else { return nil }
        let end = StateOption.now() + Int64(wait)
        var pause = 200
        while true {
            var status: DeviceStatus?
            do { status = try session.status() } catch {
                guard let seconds = (error as? DeliveryFailure)?.retryAfter else { return nil }
                pause = max(pause, min(max(seconds, 0), 86_400) * 1000)
            }
            if let status, status.evaluated == true || StateOption.now() >= end { return status }
            guard StateOption.now() + Int64(pause / 1000) < end else { return status }
            Pause.milliseconds(pause)
            pause = min(2000, pause * 3 / 2)
        }
    }

    private func show(_ result: DeviceReporter.Result, _ status: DeviceStatus?) throws {
        let view = ReportView(result, status)
        switch format {
        case .json: Terminal.write(String(decoding: try CanonicalJSON.encodeForPeople(view), as: UTF8.self) + "\n")
        case .table: Terminal.write((showsEarly ? "" : ReportView.found(result.inventory)) + view.text)
        }
    }
}

/// A value that a closure fills in.
final class Holder<Value> {
    var value: Value?
}
